import * as v from 'valibot';

/**
 * What is told of a file or a stage: does the chat template open the thinking part, so that every response starts inside it?
 * `auto`: what each record shows by itself.
 */
export const ThinkingChoiceSchema = v.picklist(['auto', 'yes', 'no']);
export type ThinkingChoice = v.InferOutput<typeof ThinkingChoiceSchema>;

/** Whether a response starts inside the thinking part, and what said so; `nothing`: nobody did, and it is taken not to. */
export const ThinkingStartSchema = v.object({ opened: v.boolean(), by: v.picklist(['choice', 'record', 'prompt', 'response', 'nothing']) });
export type ThinkingStart = v.InferOutput<typeof ThinkingStartSchema>;
