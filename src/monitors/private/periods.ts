/** Three periods of 5 minutes, the default of metrics, and each of them: nothing that passes by itself calls anybody. */
export const QUARTER_OF_AN_HOUR = { evaluationPeriods: 3, datapointsToAlarm: 3 };
