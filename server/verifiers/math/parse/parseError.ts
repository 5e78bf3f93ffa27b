/** The text cannot be read as an answer. `position` is the UTF-16 offset in the normalised text. */
export class ParseError extends Error {
  readonly position: number;
  constructor(message: string, position: number) {
    super(message);
    this.name = 'ParseError';
    this.position = position;
  }
}
