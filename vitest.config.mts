import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,test,projenrc,integ/emulator}/**/*.test.ts'],
    globals: true,
    // Modules are loaded once for all files of a worker: loading CDK takes longer than most files run.
    pool: 'forks',
    isolate: false,
    maxWorkers: 2,
    // Nothing here waits for anything but the CPU: the limit is for what hangs, not for a machine that is busy.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    restoreMocks: true,
    reporters: ['default', 'junit'],
    outputFile: { junit: 'test-reports/junit.xml' },
  },
});
