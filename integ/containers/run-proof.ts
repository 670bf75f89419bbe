import { Cleanup } from './engine/cleanup';
import { NoContainerEngine } from './engine/container-engine';
import { timed } from './report';

/** The longest that a run may take, downloads on a slow line included. */
const MINUTES = 15;

/**
 * Runs a proof to its end and undoes what it made, however it ends. Where no containers can be had it is skipped and says why;
 * in CI that is a failure.
 *
 * @param prove says whether everything held
 */
export async function runProof(prove: (cleanup: Cleanup) => Promise<boolean>): Promise<void> {
  const cleanup = new Cleanup();
  const alarm = setTimeout(() => void cleanup.endEarly(`✖ The proof has not ended after ${MINUTES} minutes`, 1), MINUTES * 60_000);
  try {
    const held = await timed('the whole proof', () => prove(cleanup));
    process.exitCode = held ? 0 : 1;
  } catch (error) {
    if (cleanup.endedEarly) return;
    if (error instanceof NoContainerEngine && process.env.CI !== 'true') {
      console.log(`SKIPPED: ${error.message}. Start Docker and run this again.`);
    } else {
      console.error('✖', error instanceof NoContainerEngine ? `${error.message}; in CI the proof must run` : error);
      process.exitCode = 1;
    }
  } finally {
    clearTimeout(alarm);
    await cleanup.run();
  }
}
