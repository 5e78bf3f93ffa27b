/** The text cannot be read as an answer. `position` is the UTF-16 offset in the normalised text. */
export class ParseError extends Error {
  readonly position: number;
  constructor(message: string, position: number) {
    // Unreadable answers are ordinary and their error is data: a stack trace would cost more than reading does.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
    this.name = 'ParseError';
    this.position = position;
  }
}
