// esbuild turns these imports into the page's style sheet; to TypeScript they are side effects only.
declare module '*.css';
