/** Three periods of 5 minutes, the default of metrics, and each of them: nothing that passes by itself calls anybody. */
export const QUARTER_OF_AN_HOUR = { evaluationPeriods: 3, datapointsToAlarm: 3 };

/** Percent of the requests that may fail; customers notice more than that. */
export const MAX_FAILED = 5;
/** Requests of a minute below which a share of failures says nothing: a handful of failures at night is not an outage. */
export const MIN_REQUESTS = 20;
