import * as v from 'valibot';

/**
 * What a server started by an extension leaves in its endpoint file (mode 0600) so that every window of the same user
 * finds it: the only place where its token is stored.
 */
export const EndpointSchema = v.object({
  host: v.string(),
  port: v.number(),
  pid: v.number(),
  instance: v.string(),
  serverVersion: v.string(),
  token: v.string(),
});
export type Endpoint = v.InferOutput<typeof EndpointSchema>;
