// The document of every page: nothing in it but the bundle's style sheet and script, under a policy that allows nothing else.

export interface PageHtml {
  /** Folder name under webview/, which is also the bundle's name. */
  readonly page: string;
  readonly title: string;
  /** Origin of the editor's webview resources (`webview.cspSource`). */
  readonly cspSource: string;
  /** Fresh for every load, from a cryptographic source. */
  readonly nonce: string;
  /** Makes a URL of a file below dist/webview. */
  readonly resource: (file: string) => string;
}

/**
 * The nonce in style-src and the `csp-nonce` property are for the toolkit, which probes :focus-visible with a style element
 * of its own. Styles set through CSSOM need no permission; style attributes and inline handlers have none.
 */
export function pageHtml({ page, title, cspSource, nonce, resource }: PageHtml): string {
  const policy = [
    "default-src 'none'", `script-src 'nonce-${nonce}'`, `style-src ${cspSource} 'nonce-${nonce}'`, `font-src ${cspSource}`,
    "base-uri 'none'", "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta property="csp-nonce" content="${escape(nonce)}">
<title>${escape(title)}</title>
<link rel="stylesheet" href="${escape(resource('codicons/codicon.css'))}">
<link rel="stylesheet" href="${escape(resource(`${page}.css`))}">
</head>
<body>
<script nonce="${escape(nonce)}" src="${escape(resource(`${page}.js`))}"></script>
</body>
</html>
`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
