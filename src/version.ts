declare const __RLVR_VERSION__: string;

/** Version of this build, the same text as the bundled server's; esbuild fills it in. */
export const VERSION: string = __RLVR_VERSION__;
