export function bundledNodePath(root: string): string;
export function findNode24(root: string): string;
