// Preloaded into jsii-rosetta (and its workers): keeps every assembly that it loads. It keeps three of its own accord,
// and examples of this package use four (aws-cdk-lib's takes seconds), so that it loads them again for each example.
const { dirname } = require('node:path');

const rosetta = dirname(require.resolve('jsii-rosetta/package.json'));
const assemblies = require(require.resolve('@jsii/spec/lib/assembly-utils', { paths: [rosetta] }));
const load = assemblies.loadAssemblyFromPath;
const kept = new Map();
assemblies.loadAssemblyFromPath = (directory, ...rest) => {
  if (!kept.has(directory)) kept.set(directory, load(directory, ...rest));
  return kept.get(directory);
};
