/** Every id that the manifest and the code share, in one place: a typo does not compile, and a test compares them with package.json. */
export const COMMANDS = {
  showLog: 'rlvr.showLog',
  connectToServer: 'rlvr.connectToServer',
  disconnectFromServer: 'rlvr.disconnectFromServer',
  restartServer: 'rlvr.restartServer',
  serverStatus: 'rlvr.serverStatus',
  verifySelection: 'rlvr.verifySelection',
  verifyAll: 'rlvr.verifyAll',
} as const;

export const SETTINGS_SECTION = 'rlvr';
