// The arrows of docs/architecture.md as rules. `npm run lint` checks them.
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    forbid('no-circular', 'no circle of imports anywhere', {}, { circular: true }),
    forbid('protocol-imports-nothing', 'the wire contract depends on nothing of ours', { path: '^server/protocol/' }, { path: '^(server/(?!protocol/)|src/|webview/)' }),
    forbid('verifiers-alone', 'verifiers import none of the other rooms', { path: '^server/verifiers/' }, { path: '^server/(?!protocol/|verifiers/)' }),
    forbid('records-at-the-bottom', 'reading records stands on the protocol alone', { path: '^server/records/' }, { path: '^server/(?!protocol/|records/)' }),
    forbid('problems-rollouts-down', 'readers stand on protocol and verifiers', { path: '^server/(problems|rollouts)/' }, { path: '^server/(rpc|cli|curation|training)/' }),
    forbid('problems-before-rollouts', 'problems know nothing of rollouts', { path: '^server/problems/' }, { path: '^server/rollouts/' }),
    forbid('features-not-rpc', 'features know nothing of the wire or the command line', { path: '^server/(curation|training)/' }, { path: '^server/(rpc|cli)/' }),
    forbid('service-down', 'the verifier service stands on problems and verifiers alone', { path: '^server/service/' }, { path: '^server/(?!protocol/|verifiers/|problems/|service/)' }),
    forbid('features-not-service', 'only commands start the verifier service', { path: '^server/(records|verifiers|problems|rollouts|curation|training|rpc)/' }, { path: '^server/service/' }),
    forbid('curation-training-apart', 'curation knows nothing of training', { path: '^server/curation/' }, { path: '^server/training/' }),
    forbid('clients-see-the-protocol-only', 'src and webview import from server/protocol alone', { path: '^(src|webview)/' }, { path: '^server/(?!protocol/)' }),
    forbid('src-sees-contracts-only', 'src and webview meet in the contract of each page', { path: '^src/' }, { path: '^webview/', pathNot: '^webview/([a-z]+/contract|ui/(messages|contract))[.]ts$' }),
    forbid('webview-not-src', 'pages know nothing of the host', { path: '^webview/' }, { path: '^src/' }),
    forbid('server-not-clients', 'the server knows nothing of its clients', { path: '^server/' }, { path: '^(src|webview)/' }),
    forbid('vscode-in-src-only', 'only the extension host knows vscode', { path: '^(server|webview|bench)/' }, { path: '^vscode$' }),
    forbid('not-to-dev-dep', 'what ships needs no development dependency', { path: '^(server|src|webview)/' }, { dependencyTypes: ['npm-dev'], pathNot: 'node_modules/@types/' }),
    forbid('toolkit-in-one-module', 'the toolkit stands behind one module', { path: '^webview/', pathNot: '^webview/ui/controls[.]ts$' }, { path: '@vscode/webview-ui-toolkit' }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
    exclude: { path: '^(dist|test)/' },
  },
};
