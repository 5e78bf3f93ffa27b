/**
 * A string as a value of Hydra's override grammar (hydra.cc, "Basic override syntax"). Words that the grammar would read
 * as something else (numbers, true, null, lists, interpolations) are quoted; inside quotes only the quote and the
 * backslashes before it are escaped, and `${` is protected because OmegaConf would resolve it afterwards.
 */
export function hydraString(text: string): string {
  const plain = /^[A-Za-z/_][A-Za-z0-9_/.+@-]*$/.test(text) && !/^(true|false|null|nan|inf)$/i.test(text);
  if (plain) return text;
  const escaped = text.replaceAll('${', '\\${').replace(/(\\*)'/g, (_match, slashes: string) => `${slashes}${slashes}\\'`).replace(/(\\+)$/, '$1$1');
  return `'${escaped}'`;
}

/** A number as Hydra reads it back exactly; JavaScript's shortest form is one. */
export function hydraNumber(value: number): string {
  return String(value);
}

export function hydraBoolean(value: boolean): string {
  return value ? 'True' : 'False';
}
