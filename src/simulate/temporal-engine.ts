import type { Scenario, ScenarioNotification } from './scenario.js';
import type { Engine } from './simulate.js';
import { Overrun, Play } from './play.js';
import { sentMails } from './sent-mails.js';
import { startStage, startStageDatabase, type Stage, type StageOptions } from './stage.js';
import { StagedClient } from './staged-client.js';

const playings = 6;
/** Time for preparing a client; more at each further playing. */
const leadMs = 500;
/** One that fails is played once more on a new stage: it is the test server that forgets to skip, or loses a call. */
const stagings = 2;

/**
 * Plays scenarios with the real monitor, its real activities, PostgreSQL and SMTP, on Temporal's time-skipping server.
 *
 * Time skips from one instant of the story to the next and runs as usual within each. Where a busy machine lets a
 * second pass before the monitor has looked, that is noticed, and the scenario is played again from the beginning.
 * Scenarios share a stage one after another, for starting one takes longer than most stories.
 */
export async function startTemporalEngine(options: StageOptions): Promise<Engine> {
  options.report('Starting PostgreSQL, the Temporal test server and the workers.');
  const database = await startStageDatabase(options);
  const staged = { ...options, databaseUrl: database.url };
  let stage: Stage | null = null;
  const leaveStage = async (): Promise<void> => {
    const left = stage;
    stage = null;
    await left?.stop();
  };
  return {
    async play(scenario) {
      for (let staging = 1; ; staging++) {
        try {
          stage ??= await startStage(staged);
          return await playUntilInTime(stage, scenario);
        } catch (error) {
          await leaveStage();
          if (staging === stagings || error instanceof Overrun || options.signal?.aborted) throw error;
          options.report(`"${scenario.name}" is played again on a new stage: ${String(error)}`);
        }
      }
    },
    async stop() {
      await leaveStage();
      await database.stop();
    },
  };
}

async function playUntilInTime(stage: Stage, scenario: Scenario): Promise<ScenarioNotification[]> {
  for (let playing = 1; ; playing++) {
    try {
      return await playOnce(stage, scenario, leadMs * playing);
    } catch (error) {
      if (!(error instanceof Overrun)) throw error;
      if (playing === playings) {
        throw new Overrun(`"${scenario.name}": this machine is too busy to play it: ${error.message}`);
      }
    }
  }
}

/** A playing that fails in another way than by being late leaves the stage as it is: nobody plays on it any more. */
async function playOnce(stage: Stage, scenario: Scenario, lead: number): Promise<ScenarioNotification[]> {
  const startMs = Math.ceil(((await stage.env.currentTimeMs()) + lead) / 1000) * 1000;
  const shiftMs = startMs - scenario.startMs;
  const client = await StagedClient.create(stage.sql, scenario, shiftMs);
  const play = new Play(stage, scenario, client, shiftMs);
  try {
    await play.run();
  } catch (error) {
    if (error instanceof Overrun) await play.end();
    throw error;
  }
  const mails = await sentMails(stage.sql, scenario, client.id, shiftMs);
  await play.end();
  return mails;
}
