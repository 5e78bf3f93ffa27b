// The theme variables that pages use, as VS Code hands them to webviews, for pages that are looked at outside of a workbench.

type Theme = Readonly<Record<string, string>>;

const fonts: Theme = {
  'font-family': '"Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif', 'font-size': '13px', 'font-weight': 'normal',
  'editor-font-family': '"Droid Sans Mono", "DejaVu Sans Mono", monospace', 'editor-font-size': '13px',
};

const dark: Theme = {
  ...fonts, foreground: '#cccccc', descriptionForeground: '#9d9d9d', 'editor-background': '#1f1f1f', 'editor-foreground': '#cccccc', focusBorder: '#0078d4',
  'panel-border': '#2b2b2b', 'editorGroup-border': '#ffffff17', 'editorWidget-background': '#202020', 'editorWidget-border': '#313131', 'textCodeBlock-background': '#2b2b2b', 'textPreformat-background': '#3c3c3c', 'textPreformat-foreground': '#d0d0d0', 'textLink-foreground': '#4daafc',
  'testing-iconPassed': '#73c991', 'testing-iconFailed': '#f14c4c', 'editorWarning-foreground': '#cca700', 'charts-blue': '#3794ff', 'charts-green': '#89d185', 'charts-red': '#f14c4c', 'charts-yellow': '#cca700', 'charts-orange': '#d18616', 'charts-purple': '#b180d7', 'charts-foreground': '#cccccc', 'charts-lines': '#cccccc80',
  'editor-findMatchHighlightBackground': '#ea5c0055', 'editor-findMatchBackground': '#9e6a03', 'list-hoverBackground': '#2a2d2e', 'list-activeSelectionBackground': '#04395e', 'list-activeSelectionForeground': '#ffffff', 'list-inactiveSelectionBackground': '#37373d',
  'button-background': '#0078d4', 'button-foreground': '#ffffff', 'button-hoverBackground': '#026ec1', 'button-secondaryBackground': '#313131', 'button-secondaryForeground': '#cccccc', 'button-secondaryHoverBackground': '#3c3c3c',
  'input-background': '#313131', 'input-foreground': '#cccccc', 'input-placeholderForeground': '#989898', 'dropdown-background': '#313131', 'dropdown-border': '#3c3c3c', 'dropdown-foreground': '#cccccc', 'checkbox-background': '#313131', 'checkbox-border': '#3c3c3c', 'settings-textInputBackground': '#313131',
  'scrollbarSlider-background': '#79797966', 'toolbar-hoverBackground': '#5a5d5e50', 'inputOption-activeBackground': '#2489db82', 'inputOption-activeForeground': '#ffffff', 'inputOption-activeBorder': '#2488db', 'progressBar-background': '#0078d4',
  'inputValidation-infoBackground': '#063b49', 'inputValidation-warningBackground': '#352a05', 'inputValidation-warningBorder': '#b89500', 'inputValidation-errorBackground': '#5a1d1d', 'inputValidation-errorBorder': '#be1100', 'badge-background': '#616161', 'badge-foreground': '#f8f8f8',
};

const light: Theme = {
  ...dark, ...fonts, foreground: '#3b3b3b', descriptionForeground: '#3b3b3bb3', 'editor-background': '#ffffff', 'editor-foreground': '#3b3b3b', focusBorder: '#005fb8',
  'panel-border': '#e5e5e5', 'editorGroup-border': '#e5e5e5', 'editorWidget-background': '#f8f8f8', 'editorWidget-border': '#c8c8c8', 'textCodeBlock-background': '#f8f8f8', 'textPreformat-background': '#0000001f', 'textPreformat-foreground': '#3b3b3b', 'textLink-foreground': '#005fb8',
  'testing-iconPassed': '#388a34', 'testing-iconFailed': '#f14c4c', 'editorWarning-foreground': '#bf8803', 'charts-blue': '#1a85ff', 'charts-green': '#388a34', 'charts-red': '#e51400', 'charts-yellow': '#bf8803', 'charts-purple': '#652d90', 'charts-foreground': '#3b3b3b', 'charts-lines': '#3b3b3b80',
  'list-hoverBackground': '#f2f2f2', 'list-activeSelectionBackground': '#e8e8e8', 'list-activeSelectionForeground': '#000000', 'list-inactiveSelectionBackground': '#e4e6f1',
  'button-background': '#005fb8', 'button-hoverBackground': '#0258a8', 'button-secondaryBackground': '#e5e5e5', 'button-secondaryForeground': '#3b3b3b', 'button-secondaryHoverBackground': '#cccccc',
  'input-background': '#ffffff', 'input-border': '#cecece', 'input-foreground': '#3b3b3b', 'input-placeholderForeground': '#767676', 'dropdown-background': '#ffffff', 'dropdown-border': '#cecece', 'dropdown-foreground': '#3b3b3b', 'checkbox-background': '#f8f8f8', 'checkbox-border': '#cecece', 'settings-textInputBackground': '#ffffff',
  'scrollbarSlider-background': '#64646466', 'toolbar-hoverBackground': '#b8b8b850', 'inputOption-activeBackground': '#bed6ed', 'inputOption-activeForeground': '#000000', 'inputOption-activeBorder': '#005fb8',
  'inputValidation-infoBackground': '#d6ecf2', 'inputValidation-warningBackground': '#f6f5d2', 'inputValidation-errorBackground': '#f2dede', 'editor-findMatchHighlightBackground': '#ea5c0055',
};

const contrast: Theme = {
  ...fonts, contrastBorder: '#6fc3df', contrastActiveBorder: '#f38518', foreground: '#ffffff', descriptionForeground: '#ffffffb3', 'editor-background': '#000000', 'editor-foreground': '#ffffff', focusBorder: '#f38518',
  'panel-border': '#6fc3df', 'editorGroup-border': '#6fc3df', 'editorWidget-background': '#0c141f', 'editorWidget-border': '#6fc3df', 'textCodeBlock-background': '#000000', 'textPreformat-background': '#ffffff', 'textPreformat-foreground': '#000000', 'textLink-foreground': '#21a6ff',
  'testing-iconPassed': '#73c991', 'testing-iconFailed': '#f14c4c', 'editorWarning-foreground': '#ffd370', 'charts-blue': '#3794ff', 'charts-green': '#89d185', 'charts-red': '#f14c4c', 'charts-yellow': '#ffd370', 'charts-purple': '#b180d7', 'charts-foreground': '#ffffff', 'charts-lines': '#ffffff80',
  'editor-findMatchHighlightBorder': '#f38518', 'list-focusOutline': '#f38518', 'button-background': '#000000', 'button-foreground': '#ffffff', 'button-border': '#6fc3df', 'button-secondaryForeground': '#ffffff', 'button-secondaryBackground': '#000000',
  'input-background': '#000000', 'input-border': '#6fc3df', 'input-foreground': '#ffffff', 'input-placeholderForeground': '#ffffffb3', 'dropdown-background': '#000000', 'dropdown-border': '#6fc3df', 'dropdown-foreground': '#ffffff', 'checkbox-background': '#000000', 'checkbox-border': '#6fc3df', 'settings-textInputBackground': '#000000', 'scrollbarSlider-background': '#6fc3df99', 'inputOption-activeBorder': '#6fc3df', 'inputOption-activeForeground': '#ffffff', 'inputOption-activeBackground': '#00000000',
  'inputValidation-infoBackground': '#000000', 'inputValidation-warningBackground': '#000000', 'inputValidation-warningBorder': '#ffd370', 'inputValidation-errorBackground': '#000000', 'inputValidation-errorBorder': '#be1100',
};

const contrastLight: Theme = {
  ...contrast, contrastBorder: '#0f4a85', contrastActiveBorder: '#006bbd', foreground: '#292929', descriptionForeground: '#292929b3', 'editor-background': '#ffffff', 'editor-foreground': '#292929', focusBorder: '#006bbd',
  'panel-border': '#0f4a85', 'editorGroup-border': '#0f4a85', 'editorWidget-background': '#ffffff', 'editorWidget-border': '#0f4a85', 'textCodeBlock-background': '#f2f2f2', 'textPreformat-background': '#09345f', 'textPreformat-foreground': '#ffffff', 'textLink-foreground': '#0f4a85',
  'testing-iconPassed': '#007100', 'testing-iconFailed': '#b5200d', 'editorWarning-foreground': '#895503', 'charts-blue': '#1a85ff', 'charts-green': '#374e06', 'charts-red': '#b5200d', 'charts-yellow': '#895503', 'charts-purple': '#652d90', 'charts-foreground': '#292929', 'charts-lines': '#29292980',
  'editor-findMatchHighlightBorder': '#0f4a85', 'list-focusOutline': '#006bbd', 'button-background': '#0f4a85', 'button-foreground': '#ffffff', 'button-border': '#0f4a85', 'button-secondaryBackground': '#ffffff', 'button-secondaryForeground': '#292929',
  'input-background': '#ffffff', 'input-border': '#0f4a85', 'input-foreground': '#292929', 'input-placeholderForeground': '#292929b3', 'dropdown-background': '#ffffff', 'dropdown-border': '#0f4a85', 'dropdown-foreground': '#292929', 'checkbox-background': '#ffffff', 'checkbox-border': '#0f4a85', 'settings-textInputBackground': '#ffffff', 'scrollbarSlider-background': '#0f4a8566', 'inputOption-activeBorder': '#0f4a85', 'inputOption-activeForeground': '#292929',
  'inputValidation-infoBackground': '#ffffff', 'inputValidation-warningBackground': '#ffffff', 'inputValidation-errorBackground': '#ffffff',
};

export const THEMES = {
  dark: { class: 'vscode-dark', variables: dark },
  light: { class: 'vscode-light', variables: light },
  'hc-dark': { class: 'vscode-high-contrast', variables: contrast },
  'hc-light': { class: 'vscode-high-contrast vscode-high-contrast-light', variables: contrastLight },
} as const;
export type ThemeName = keyof typeof THEMES;
