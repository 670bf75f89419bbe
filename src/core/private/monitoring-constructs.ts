/**
 * cdk-monitoring-constructs, loaded at its first use: it costs about 0.2 s, and whoever only requires this package, or
 * uses a block without its monitoring, should not pay for it. Types come by plain imports, which leave no trace in
 * JavaScript.
 */
export function monitoringConstructs(): typeof import('cdk-monitoring-constructs') {
  return module.require('cdk-monitoring-constructs') as typeof import('cdk-monitoring-constructs');
}
