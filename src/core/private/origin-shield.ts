import { matches, Rule } from './validation';

/** Origin Shield stands in a Region: which of them have it is AWS's to say, and changes. */
export const ORIGIN_SHIELD_RULE: Rule<{ readonly originShieldRegion?: string }> = matches('originShieldRegion', /^[a-z]{2}(-[a-z]+)+-\d$/,
  'must be the name of a Region', 'give one with Origin Shield, near the platform, such as \'us-east-1\'');
