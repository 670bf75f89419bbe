import { awscdk, javascript, ReleasableCommits } from 'projen';
import { Benchmark } from './projenrc/benchmark';
import { Bundle, ENTRYPOINT } from './projenrc/bundle';
import { Checkov } from './projenrc/checkov';
import { ContainerProof } from './projenrc/container-proof';
import { ContractTests } from './projenrc/contract-tests';
import { Layers } from './projenrc/layers';
import { LocalAws } from './projenrc/local-aws';
import { PlainTemplates } from './projenrc/plain-templates';
import { Properties } from './projenrc/properties';
import { Simulation } from './projenrc/simulation';
import { Vitest } from './projenrc/vitest';
import { Workflows } from './projenrc/workflows';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-platform-patterns',
  description: 'High-level AWS CDK patterns: production web platforms with dashboards, alarms and proofs built in',
  author: 'cdk-platform-patterns contributors',
  authorAddress: 'https://github.com/cdk-platform-patterns',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-platform-patterns/cdk-platform-patterns.git',
  keywords: ['aws', 'cdk', 'platform', 'fargate', 'aurora', 'cloudfront', 'monitoring'],
  license: 'Apache-2.0',
  copyrightOwner: 'cdk-platform-patterns contributors',

  // The peer minimum, which is also what development pins: see docs/adr/0001-peer-minimum.md
  cdkVersion: '2.257.0',
  constructsVersion: '10.5.1',
  jsiiVersion: '~6.0.0',
  // TypeScript 7, the newest, is refused by typescript-eslint
  typescriptVersion: '~5.9.0',
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.16.0',
  projenrcTs: true,
  entrypoint: ENTRYPOINT,
  entrypointTypes: 'lib/index.d.ts',
  defaultReleaseBranch: 'main',
  releasableCommits: ReleasableCommits.featuresAndFixes(),
  depsUpgrade: false,
  // 13 needs Node 22, and we support 20
  bumpPackage: 'commit-and-tag-version@^12',
  sampleCode: false,
  integrationTestAutoDiscover: false,
  tsconfigDevFile: 'tsconfig.dev.json',
  tsconfigDev: {
    include: ['src/**/*.ts', 'test/**/*.ts', 'integ/**/*.ts', 'bench/**/*.ts', 'docs/**/*.ts', 'examples/**/*.ts', 'projenrc/**/*.ts', '.projenrc.ts', 'vitest.config.mts'],
    exclude: ['node_modules', 'integ/**/*.snapshot'],
    // An example imports the library by its name, as its readers do.
    compilerOptions: { types: ['node', 'vitest/globals'], paths: { 'cdk-platform-patterns': ['./src/index.ts'] } },
  },

  publishToPypi: { distName: 'cdk-platform-patterns', module: 'cdk_platform_patterns' },
  publishToMaven: {
    mavenGroupId: 'io.github.cdkplatformpatterns',
    mavenArtifactId: 'cdk-platform-patterns',
    javaPackage: 'io.github.cdkplatformpatterns',
  },

  peerDeps: ['cdk-monitoring-constructs@^10.0.0'],
  // Compresses the same everywhere, which Node's own zlib does not promise. Pinned: other bytes are other user data.
  deps: ['fflate@0.8.3'],
  bundledDeps: ['fflate'],
  devDeps: [
    '@aws-cdk/integ-runner@2.197.10',
    '@aws-cdk/integ-tests-alpha@2.245.0-alpha.0',
    'aws-cdk@2.1148.1',
    'cdk-nag@3.0.2',
    'fast-check',
    // evaluates policies in tests; AGPL: never in what is published
    '@cloud-copilot/iam-simulate@0.1.173',
    // reads code in a language as old as the edge's
    'acorn@^8',
    // what the proof of a site and an API opens, and what it keeps its data in
    'playwright-core@1.65.1',
    '@electric-sql/pglite@0.5.14',
    '@electric-sql/pglite-socket@0.2.17',
    // what the bench compiles with
    '@swc/core',
    'tsx',
    'yaml',
  ],
  jest: false,
  eslintOptions: {
    dirs: ['src'],
    devdirs: ['test', 'integ', 'bench', 'docs', 'examples', 'projenrc'],
    projectService: false,
    tsconfigPath: './tsconfig.dev.json',
  },
  gitignore: ['/.venv/', '/cdk.out/', '/.demo/', '/integ/apps/portal/*/node_modules/', '/.jsii.tabl.json', '__pycache__/', '*.pyc'],
});

['/integ/', '/bench/', '/docs/', '/examples/', '/findings/', '/projenrc/', '/.ci/', '/.venv/', '/.demo/', '/CONTRIBUTING.md'].forEach(dir => project.addPackageIgnore(dir));

new Vitest(project);
new Layers(project);
new Bundle(project);
new LocalAws(project);
new ContractTests(project);
new Benchmark(project);
new ContainerProof(project);
new PlainTemplates(project);
new Properties(project);
new Checkov(project);
new Simulation(project);
new Workflows(project);

// npm's own registry is where publib publishes by itself.
project.tryFindObjectFile('.github/workflows/release.yml')?.addDeletionOverride('jobs.release_npm.steps.9.env.NPM_REGISTRY');

project.synth();
