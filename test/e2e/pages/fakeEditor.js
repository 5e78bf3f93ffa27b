// Runs in the page before its bundle: the editor's API as VS Code injects it, and the theme's variables on the document.
// `__setup` was put there by the stand; `__post` leads to the test.
window.__state = window.__setup.state;
window.acquireVsCodeApi = () => ({
  postMessage: (message) => { window.__post(message); },
  getState: () => window.__state,
  setState: (state) => { window.__state = state; },
});
new MutationObserver((_, observer) => {
  if (!document.body) return;
  observer.disconnect();
  for (const [name, color] of Object.entries(window.__setup.variables)) document.documentElement.style.setProperty(`--vscode-${name}`, color);
  document.body.classList.add(...window.__setup.classes);
}).observe(document, { childList: true, subtree: true });
