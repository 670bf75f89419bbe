import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // An example imports the library by its name, as its readers do.
  resolve: { alias: { 'cdk-platform-patterns': fileURLToPath(new URL('src/index.ts', import.meta.url)) } },
  test: {
    include: ['{src,test,projenrc,integ/emulator}/**/*.test.ts'],
    globals: true,
    // Modules are loaded once for all files of a worker: loading CDK takes longer than most files run.
    pool: 'forks',
    isolate: false,
    maxWorkers: 2,
    // A template is thousands of short-lived objects: with Node's 16 MB for the young ones, most are copied before they die.
    execArgv: ['--max-semi-space-size=64'],
    // Nobody reads where each construct was made, and each of these traces goes through the source maps.
    env: { CDK_CONTEXT_JSON: JSON.stringify({ 'aws:cdk:disable-creation-stack-traces': true }) },
    // Nothing here waits for anything but the CPU: the limit is for what hangs, not for a machine that is busy.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    restoreMocks: true,
    reporters: ['default', 'junit'],
    outputFile: { junit: 'test-reports/junit.xml' },
  },
});
