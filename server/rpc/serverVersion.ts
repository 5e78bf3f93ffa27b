declare const __RLVR_VERSION__: string | undefined;

/** Version of this build; `development` when run from source. esbuild fills it in. */
export function serverVersion(): string {
  return typeof __RLVR_VERSION__ === 'string' ? __RLVR_VERSION__ : 'development';
}
