// The theme variables that pages use, as VS Code's default themes hand them to webviews, for pages that are looked at outside of a
// workbench. Colours of our own come from the manifest.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { root } from '../../../scripts/lib/checkout.ts';

type Theme = Readonly<Record<string, string>>;

const KINDS = ['dark', 'light', 'highContrast', 'highContrastLight'] as const;
type Kind = (typeof KINDS)[number];

const Manifest = v.object({ contributes: v.object({ colors: v.array(v.object({ id: v.string(), defaults: v.record(v.picklist(KINDS), v.string()) })) }) });

/** The colours that the manifest contributes, by id. */
export const OWN_COLORS = new Map(v.parse(Manifest, JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).contributes.colors.map(({ id, defaults }) => [id, defaults]));

/** With the first dot as a dash, as VS Code names them for webviews. */
function own(kind: Kind): Theme {
  return Object.fromEntries([...OWN_COLORS].flatMap(([id, defaults]) => {
    const color = defaults[kind];
    return color === undefined ? [] : [[id.replace('.', '-'), color]];
  }));
}

const fonts: Theme = {
  'font-family': '"Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif', 'font-size': '13px', 'font-weight': 'normal',
  'editor-font-family': '"Droid Sans Mono", "DejaVu Sans Mono", monospace', 'editor-font-size': '13px',
};

/** Dark 2026. */
const dark: Theme = {
  ...fonts, 'badge-background': '#307e9f', 'badge-foreground': '#ffffff', 'button-background': '#297aa0', 'button-border': '#297aa0',
  'button-foreground': '#ffffff', 'button-hoverBackground': '#2b7da3', 'button-secondaryBackground': 'rgba(0, 0, 0, 0)',
  'button-secondaryBorder': '#333536', 'button-secondaryForeground': '#cccccc',
  'button-secondaryHoverBackground': 'rgba(255, 255, 255, 0.06)', 'charts-blue': '#57a3f8', 'charts-foreground': '#cccccc',
  'charts-green': '#86cf86', 'charts-lines': 'rgba(200, 202, 204, 0.5)', 'charts-orange': '#cd861a', 'charts-purple': '#ad80d7',
  'charts-red': '#ef8773', 'charts-yellow': '#e0b97f', 'checkbox-background': '#242526', 'checkbox-border': '#707070',
  'checkbox-foreground': '#8c8c8c', descriptionForeground: '#8c8c8c', 'diffEditor-insertedTextBackground': 'rgba(87, 171, 90, 0.3)',
  'dropdown-background': '#191a1b', 'dropdown-border': '#333536', 'dropdown-foreground': '#bfbfbf', 'editor-background': '#121314',
  'editor-findMatchBackground': 'rgba(39, 103, 130, 0.56)', 'editor-findMatchHighlightBackground': 'rgba(39, 103, 130, 0.5)',
  'editorGroup-border': 'rgba(255, 255, 255, 0.09)', 'editorWidget-background': '#202122', 'editorWidget-border': '#2a2b2c',
  focusBorder: 'rgba(57, 148, 188, 0.7)', foreground: '#bfbfbf', 'input-background': '#191a1b', 'input-foreground': '#bfbfbf',
  'input-placeholderForeground': '#555555', 'inputOption-activeBackground': '#313233', 'inputOption-activeBorder': '#2a2b2c',
  'inputOption-activeForeground': '#bfbfbf', 'inputValidation-errorBackground': '#3a1d1d', 'inputValidation-errorBorder': '#be1100',
  'inputValidation-infoBackground': '#1e3a47', 'inputValidation-warningBackground': '#352a05', 'inputValidation-warningBorder': '#b89500',
  'keybindingLabel-background': 'rgba(128, 128, 128, 0.17)', 'keybindingLabel-border': 'rgba(51, 51, 51, 0.6)',
  'list-activeSelectionBackground': 'rgba(255, 255, 255, 0.13)', 'list-activeSelectionForeground': '#ededed',
  'list-focusOutline': 'rgba(57, 148, 188, 0.7)', 'list-hoverBackground': 'rgba(255, 255, 255, 0.08)',
  'list-inactiveSelectionBackground': '#2c2d2e', 'list-inactiveSelectionForeground': '#ededed', 'panel-background': '#191a1b',
  'panel-border': '#2a2b2c', 'panelTitle-activeBorder': '#3994bc', 'panelTitle-activeForeground': '#bfbfbf',
  'panelTitle-inactiveForeground': '#8c8c8c', 'progressBar-background': '#878889',
  'scrollbarSlider-activeBackground': 'rgba(168, 169, 170, 0.61)', 'scrollbarSlider-background': 'rgba(168, 169, 170, 0.52)',
  'scrollbarSlider-hoverBackground': 'rgba(168, 169, 170, 0.56)', 'settings-dropdownListBorder': '#2a2b2c',
  'textCodeBlock-background': '#242526', 'textLink-activeForeground': '#53a5ca', 'textLink-foreground': '#48a0c7',
  'textPreformat-background': '#262626', 'textPreformat-foreground': '#8c8c8c', 'toolbar-hoverBackground': 'rgba(90, 93, 94, 0.31)',
  ...own('dark'),
};

/** Light 2026. */
const light: Theme = {
  ...fonts, 'badge-background': '#0069cc', 'badge-foreground': '#ffffff', 'button-background': '#0069cc', 'button-border': '#0069cc',
  'button-foreground': '#ffffff', 'button-hoverBackground': '#0063c1', 'button-secondaryBackground': '#eaeaea',
  'button-secondaryBorder': '#eaeaea', 'button-secondaryForeground': '#202020', 'button-secondaryHoverBackground': '#f2f3f4',
  'charts-blue': '#1a5cff', 'charts-foreground': '#202020', 'charts-green': '#388a34', 'charts-lines': 'rgba(32, 32, 32, 0.4)',
  'charts-orange': '#d18616', 'charts-purple': '#652d90', 'charts-red': '#ad0707', 'charts-yellow': '#667309',
  'checkbox-background': '#eaeaea', 'checkbox-border': '#868686', 'checkbox-foreground': '#606060', descriptionForeground: '#606060',
  'diffEditor-insertedTextBackground': 'rgba(88, 124, 12, 0.15)', 'dropdown-background': '#ffffff', 'dropdown-border': '#d8d8d8',
  'dropdown-foreground': '#202020', 'editor-background': '#ffffff', 'editor-findMatchBackground': 'rgba(0, 105, 204, 0.25)',
  'editor-findMatchHighlightBackground': 'rgba(0, 105, 204, 0.1)', 'editorGroup-border': '#e5e5e5', 'editorWidget-background': '#fafafd',
  'editorWidget-border': '#e4e5e6', focusBorder: '#0069cc', foreground: '#202020', 'input-background': '#ffffff',
  'input-foreground': '#202020', 'input-placeholderForeground': '#999999', 'inputOption-activeBackground': '#d6d6d6',
  'inputOption-activeBorder': '#f0f1f2', 'inputOption-activeForeground': '#202020', 'inputValidation-errorBackground': '#fdeded',
  'inputValidation-errorBorder': '#ad0707', 'inputValidation-infoBackground': '#e6f2fa', 'inputValidation-warningBackground': '#fdf6e3',
  'inputValidation-warningBorder': '#b69500', 'keybindingLabel-background': 'rgba(221, 221, 221, 0.4)',
  'keybindingLabel-border': 'rgba(204, 204, 204, 0.4)', 'list-activeSelectionBackground': 'rgba(0, 0, 0, 0.14)',
  'list-activeSelectionForeground': '#202020', 'list-focusOutline': '#0069cc', 'list-hoverBackground': 'rgba(0, 0, 0, 0.08)',
  'list-inactiveSelectionBackground': 'rgba(218, 218, 218, 0.6)', 'list-inactiveSelectionForeground': '#202020',
  'panel-background': '#fafafd', 'panel-border': '#f0f1f2', 'panelTitle-activeBorder': '#000000',
  'panelTitle-activeForeground': '#202020', 'panelTitle-inactiveForeground': '#606060', 'progressBar-background': '#0069cc',
  'scrollbarSlider-activeBackground': 'rgba(100, 100, 100, 0.88)', 'scrollbarSlider-background': 'rgba(100, 100, 100, 0.75)',
  'scrollbarSlider-hoverBackground': 'rgba(100, 100, 100, 0.82)', 'settings-dropdownListBorder': '#e4e5e6',
  'textCodeBlock-background': '#eaeaea', 'textLink-activeForeground': '#0069cc', 'textLink-foreground': '#0069cc',
  'textPreformat-background': '#ececec', 'textPreformat-foreground': '#606060', 'toolbar-hoverBackground': 'rgba(0, 0, 0, 0.12)',
  ...own('light'),
};

/** Default High Contrast. */
const contrast: Theme = {
  ...fonts, 'badge-background': '#000000', 'badge-foreground': '#ffffff', 'button-background': '#000000', 'button-border': '#6fc3df',
  'button-foreground': '#ffffff', 'button-hoverBackground': '#000000', 'button-secondaryBorder': '#6fc3df',
  'button-secondaryForeground': '#ffffff', 'charts-blue': '#59a4f9', 'charts-foreground': '#ffffff', 'charts-green': '#89d185',
  'charts-lines': 'rgba(255, 255, 255, 0.5)', 'charts-purple': '#b180d7', 'charts-red': '#f48771', 'charts-yellow': '#ffd370',
  'checkbox-background': '#000000', 'checkbox-border': '#6fc3df', 'checkbox-foreground': '#ffffff', contrastActiveBorder: '#f38518',
  contrastBorder: '#6fc3df', descriptionForeground: 'rgba(255, 255, 255, 0.7)', 'diffEditor-insertedTextBorder': '#33ff2e',
  'dropdown-background': '#000000', 'dropdown-border': '#6fc3df', 'dropdown-foreground': '#ffffff', 'editor-background': '#000000',
  'editor-findMatchHighlightBorder': '#f38518', 'editorGroup-border': '#6fc3df', 'editorWidget-background': '#0c141f',
  'editorWidget-border': '#6fc3df', focusBorder: '#f38518', foreground: '#ffffff', 'input-background': '#000000',
  'input-foreground': '#ffffff', 'input-placeholderForeground': 'rgba(255, 255, 255, 0.7)',
  'inputOption-activeBackground': 'rgba(0, 0, 0, 0)', 'inputOption-activeBorder': '#6fc3df', 'inputOption-activeForeground': '#ffffff',
  'inputValidation-errorBackground': '#000000', 'inputValidation-errorBorder': '#6fc3df', 'inputValidation-infoBackground': '#000000',
  'inputValidation-warningBackground': '#000000', 'inputValidation-warningBorder': '#6fc3df',
  'keybindingLabel-background': 'rgba(0, 0, 0, 0)', 'keybindingLabel-border': '#6fc3df', 'list-focusOutline': '#f38518',
  'list-hoverBackground': 'rgba(255, 255, 255, 0.1)', 'panel-background': '#000000', 'panel-border': '#6fc3df',
  'panelTitle-activeBorder': '#6fc3df', 'panelTitle-activeForeground': '#ffffff', 'panelTitle-inactiveForeground': '#ffffff',
  'progressBar-background': '#6fc3df', 'scrollbarSlider-activeBackground': '#6fc3df',
  'scrollbarSlider-background': 'rgba(111, 195, 223, 0.6)', 'scrollbarSlider-hoverBackground': 'rgba(111, 195, 223, 0.8)',
  'settings-dropdownListBorder': '#6fc3df', 'textCodeBlock-background': '#000000', 'textLink-activeForeground': '#21a6ff',
  'textLink-foreground': '#21a6ff', 'textPreformat-foreground': '#ffffff',
  ...own('highContrast'),
};

/** Default High Contrast Light. */
const contrastLight: Theme = {
  ...fonts, 'badge-background': '#0f4a85', 'badge-foreground': '#ffffff', 'button-background': '#0f4a85', 'button-border': '#0f4a85',
  'button-foreground': '#ffffff', 'button-hoverBackground': '#0f4a85', 'button-secondaryBackground': '#ffffff',
  'button-secondaryBorder': '#0f4a85', 'button-secondaryForeground': '#292929', 'charts-blue': '#0063d3', 'charts-foreground': '#292929',
  'charts-green': '#374e06', 'charts-lines': 'rgba(41, 41, 41, 0.5)', 'charts-purple': '#652d90', 'charts-red': '#b5200d',
  'charts-yellow': '#895503', 'checkbox-background': '#ffffff', 'checkbox-border': '#0f4a85', 'checkbox-foreground': '#292929',
  contrastActiveBorder: '#006bbd', contrastBorder: '#0f4a85', descriptionForeground: 'rgba(41, 41, 41, 0.7)',
  'diffEditor-insertedTextBorder': '#374e06', 'dropdown-background': '#ffffff', 'dropdown-border': '#0f4a85',
  'dropdown-foreground': '#292929', 'editor-background': '#ffffff', 'editor-findMatchHighlightBorder': '#006bbd',
  'editorGroup-border': '#0f4a85', 'editorWidget-background': '#ffffff', 'editorWidget-border': '#0f4a85', focusBorder: '#006bbd',
  foreground: '#292929', 'input-background': '#ffffff', 'input-foreground': '#292929',
  'input-placeholderForeground': 'rgba(41, 41, 41, 0.7)', 'inputOption-activeBackground': 'rgba(0, 0, 0, 0)',
  'inputOption-activeBorder': '#0f4a85', 'inputOption-activeForeground': '#292929', 'inputValidation-errorBackground': '#ffffff',
  'inputValidation-errorBorder': '#0f4a85', 'inputValidation-infoBackground': '#ffffff', 'inputValidation-warningBackground': '#ffffff',
  'inputValidation-warningBorder': '#0f4a85', 'keybindingLabel-background': 'rgba(0, 0, 0, 0)', 'keybindingLabel-border': '#0f4a85',
  'list-activeSelectionBackground': 'rgba(15, 74, 133, 0.1)', 'list-focusOutline': '#006bbd',
  'list-hoverBackground': 'rgba(15, 74, 133, 0.1)', 'list-inactiveSelectionBackground': 'rgba(15, 74, 133, 0.1)',
  'panel-background': '#ffffff', 'panel-border': '#0f4a85', 'panelTitle-activeBorder': '#b5200d',
  'panelTitle-activeForeground': '#292929', 'panelTitle-inactiveForeground': '#292929', 'progressBar-background': '#0f4a85',
  'scrollbarSlider-activeBackground': '#0f4a85', 'scrollbarSlider-background': 'rgba(15, 74, 133, 0.4)',
  'scrollbarSlider-hoverBackground': 'rgba(15, 74, 133, 0.8)', 'settings-dropdownListBorder': '#0f4a85',
  'textCodeBlock-background': '#f2f2f2', 'textLink-activeForeground': '#0f4a85', 'textLink-foreground': '#0f4a85',
  'textPreformat-background': '#09345f', 'textPreformat-foreground': '#ffffff',
  ...own('highContrastLight'),
};

export const THEMES = {
  dark: { class: 'vscode-dark', variables: dark },
  light: { class: 'vscode-light', variables: light },
  'hc-dark': { class: 'vscode-high-contrast', variables: contrast },
  'hc-light': { class: 'vscode-high-contrast vscode-high-contrast-light', variables: contrastLight },
} as const;
export type ThemeName = keyof typeof THEMES;
