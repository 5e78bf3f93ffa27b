/** Every id that the manifest and the code share, in one place: a typo does not compile, and a test compares them with package.json. */
export const COMMANDS = {
  showLog: 'rlvr.showLog',
  openSamples: 'rlvr.openSamples',
  connectToServer: 'rlvr.connectToServer',
  disconnectFromServer: 'rlvr.disconnectFromServer',
  restartServer: 'rlvr.restartServer',
  serverStatus: 'rlvr.serverStatus',
  verifySelection: 'rlvr.verifySelection',
  verifySelectionWith: 'rlvr.verifySelectionWith',
  verifyAll: 'rlvr.verifyAll',
  auditMath: 'rlvr.auditMath',
  installSecondOpinion: 'rlvr.installSecondOpinion',
  runInTerminal: 'rlvr.runInTerminal',
  refreshProblems: 'rlvr.refreshProblems',
  searchProblems: 'rlvr.searchProblems',
  filterProblems: 'rlvr.filterProblems',
  sortProblems: 'rlvr.sortProblems',
  clearProblemFilter: 'rlvr.clearProblemFilter',
  openProblem: 'rlvr.openProblem',
  keepProblem: 'rlvr.keepProblem',
  dropProblem: 'rlvr.dropProblem',
  restoreProblem: 'rlvr.restoreProblem',
  editAnswer: 'rlvr.editAnswer',
  goToProblemLine: 'rlvr.goToProblemLine',
  exportProblems: 'rlvr.exportProblems',
  refreshRollouts: 'rlvr.refreshRollouts',
  filterRollouts: 'rlvr.filterRollouts',
  openInspector: 'rlvr.openInspector',
  openLauncher: 'rlvr.openLauncher',
  openDashboard: 'rlvr.openDashboard',
  refreshRuns: 'rlvr.refreshRuns',
  stopRun: 'rlvr.stopRun',
  resumeRun: 'rlvr.resumeRun',
  openRunFolder: 'rlvr.openRunFolder',
  checkContamination: 'rlvr.checkContamination',
  dropContaminated: 'rlvr.dropContaminated',
  ignoreContamination: 'rlvr.ignoreContamination',
} as const;

/**
 * Colours that the manifest contributes: those of themes do not exist in all of them, or cannot be read as text. Ids have one dot:
 * a webview is given further ones as they are, and no style sheet can name that.
 */
export const COLORS = {
  correct: 'rlvr.correctVerdict',
  incorrect: 'rlvr.incorrectVerdict',
  open: 'rlvr.openVerdict',
} as const;

export const SETTINGS_SECTION = 'rlvr';
