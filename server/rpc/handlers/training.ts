import { GetRun, GiveRayToken, Launch, ListRecipes, ListRuns, PreviewLaunch, ResumeRun, RunChanged, RunEvents, StopRun, SubscribeRun, UnsubscribeRun } from '../../protocol/methods.ts';
import type { Client, Router } from '../router.ts';
import type { Services } from '../services.ts';
import type { RunningServer } from '../webSocketServer.ts';

export function registerTraining(router: Router, { training, rayTokens }: Services, server: RunningServer): void {
  /** Each client follows a run at most once; subscribing again replaces the former subscription. */
  const following = new WeakMap<Client, Map<string, AbortController>>();
  const end = (client: Client, directory: string): void => {
    following.get(client)?.get(directory)?.abort();
    following.get(client)?.delete(directory);
  };

  router.handle(ListRecipes, () => training.listRecipes());
  router.handle(PreviewLaunch, (params, call) => training.previewLaunch(params, call));
  router.handle(Launch, (params, call) => training.launch(params, call));
  router.handle(GiveRayToken, ({ address, token }) => {
    rayTokens.give(address, token);
    return {};
  });
  router.handle(ListRuns, (params) => training.listRuns(params));
  router.handle(GetRun, (params) => training.getRun(params));
  router.handle(StopRun, (params) => training.stopRun(params));
  router.handle(ResumeRun, (params) => training.resumeRun(params));
  router.handle(SubscribeRun, async (params, { client }) => {
    end(client, params.directory);
    const ended = new AbortController();
    let mine = following.get(client);
    if (!mine) {
      mine = new Map();
      following.set(client, mine);
      client.onClose(() => {
        for (const subscription of following.get(client)?.values() ?? []) subscription.abort();
      });
    }
    mine.set(params.directory, ended);
    return training.subscribeRun(params, ended.signal, (events) => client.notify(RunEvents, { directory: params.directory, events }));
  });
  router.handle(UnsubscribeRun, ({ directory }, { client }) => {
    end(client, directory);
    return {};
  });
  training.onRunChanged((run) => server.broadcast(RunChanged, { run }));
}
