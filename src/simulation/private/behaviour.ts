import { BehaviourConstant, Outlook } from '../outlook';

type Row = [meaning: string, unit: string, optimistic: number, expected: number, pessimistic: number, source: string, unsure?: 'unsure'];

const BENCHMARK = 'AWS\'s benchmark of ECS service auto scaling, 363 s on 60-second and 86 s on 20-second metrics (2026-06)';

/** Every number of AWS's behaviour that the model uses, and where it comes from. The unsure ones are to be swept. */
const TABLE = {
  ecsFineMetricDelay: ['from the end of a 20-second period of an ECS metric until its alarm has judged it', 's', 6, 16, 26, `${BENCHMARK}: 86 s less 3 periods and half of one`],
  ecsMetricDelay: ['from the end of a 60-second period of an ECS metric until its alarm has judged it', 's', 60, 120, 155, `${BENCHMARK}: 363 s less 3 periods and half of one is the slow end`],
  albMetricDelay: ['from the end of a minute of a load balancer\'s metric until its alarm has judged it', 's', 60, 90, 150, 'Elastic Load Balancing user guide: reported every 60 seconds; the delay is from experience', 'unsure'],
  ec2MetricDelay: ['from the end of a period of an EC2 metric until its alarm has judged it', 's', 60, 120, 150, 'taken like those of ECS', 'unsure'],
  customMetricDelay: ['from the end of a period of a metric of the CloudWatch agent until its alarm has judged it', 's', 15, 30, 60, 'CloudWatch user guide: high-resolution alarms are evaluated every 10 seconds; the delay is from experience', 'unsure'],
  alarmRepeat: ['from an alarm\'s scaling action to the next, while the alarm stays', 's', 60, 60, 60, 'CloudWatch user guide, "Alarm actions": once a minute'],
  scalingDelay: ['from an alarm\'s action until new units are asked for', 's', 1, 3, 8, 'from experience', 'unsure'],
  scheduleDelay: ['from the moment of a scheduled action until it is taken', 's', 1, 15, 60, 'Application Auto Scaling user guide: cron in minutes; may be late by some seconds', 'unsure'],
  fargateStart: ['from asking for a Fargate task until its container runs', 's', 20, 40, 60, 'AWS blogs: 20 to 60 s, pulling the image is 76 % of it; AWS\'s benchmark of 2026-06: 23 s', 'unsure'],
  ecsInstanceTaskStart: ['from asking for a task on instances that are there until its container runs', 's', 5, 15, 30, 'from experience', 'unsure'],
  instanceStart: ['from asking for an instance until its application runs', 's', 60, 120, 210, 'from experience, with user data that installs packages', 'unsure'],
  warmStart: ['from asking for a stopped instance of a warm pool until its application runs', 's', 15, 30, 60, 'EC2 Auto Scaling user guide, "Warm pools": 10 to 30 s; slower when the application is', 'unsure'],
  launchRate: ['units that one service or group starts in a second', 'units/s', 20, 8, 8, 'Fargate quota: 20 tasks a second; AWS blog of 2022 on scaling: about 500 tasks a minute for one service'],
  firstChecks: ['share of the healthy threshold that a new target has to pass', 'share', 0, 0.5, 1, 'Application Load Balancer user guide: initial checks; in practice one passes, at the slow end the whole threshold', 'unsure'],
  coldSeconds: ['how long a new unit is slower, until its caches are filled', 's', 0, 15, 30, 'PHP fills its opcache on first use; from experience', 'unsure'],
  coldShare: ['share of its capacity that a new unit has meanwhile', 'share', 1, 0.8, 0.6, 'from experience', 'unsure'],
  balancerRps: ['requests per second that a load balancer takes without growing', 'requests/s', 5000, 2500, 1000, 'about the 100 capacity units that are the smallest reservation', 'unsure'],
  balancerDoubling: ['how long a load balancer takes to double', 's', 150, 300, 420, 'AWS re:Post and older guidance: twice in five minutes', 'unsure'],
  balancerRpsPerUnit: ['requests per second of one reserved capacity unit (LCU)', 'requests/s', 25, 12, 6, 'Elastic Load Balancing pricing: 25 new connections a second or 1 GB an hour, at 11 to 50 kB an answer'],
  auroraGrowth: ['share of its capacity that Aurora serverless v2 adds in a second', 'share/s', 0.06, 0.03, 0.015, 'Aurora user guide: grows faster the larger it is; JAWS-UG Yokohama 45 (2022-06): 4 ACU soon, then 0.5 every 15 s; the law is an estimate', 'unsure'],
  auroraReaction: ['how long a load lasts before Aurora grows', 's', 1, 3, 10, 'Aurora user guide: looks every second', 'unsure'],
  auroraShrink: ['share of its capacity that Aurora gives back in a second', 'share/s', 0.005, 0.002, 0.001, 'AWS Database Blog of 2024-11: down gradually', 'unsure'],
  cacheEcpu: ['ECPU per second that a serverless cache takes without growing', 'ECPU/s', 90000, 30000, 30000, 'ElastiCache user guide', 'unsure'],
  cacheDoubling: ['how long a serverless cache takes to double', 's', 600, 660, 720, 'ElastiCache user guide, "Pre-scaling": every 10 to 12 minutes'],
  wafDelay: ['from the rate passing a limit until the firewall acts on it, and from falling below it', 's', 10, 20, 30, 'AWS WAF developer guide, rate-based rule caveats: usually below 30 s'],
  wafPasses: ['share of its limit that a rate rule lets through while it acts', 'share', 1, 0, 0, 'AWS WAF developer guide: "applies rate limiting near the limit"; re:Post: blocks all until the rate has fallen, blocked requests included', 'unsure'],
  edgeLocations: ['caches that each fetch a page for themselves', 'caches', 5, 15, 40, 'CloudFront has 13 regional edge caches and more locations; how many a site uses depends on its visitors', 'unsure'],
  unhealthyStop: ['from a target being unhealthy until its replacement is asked for', 's', 5, 15, 30, 'from experience', 'unsure'],
} satisfies { [name: string]: Row };

export type BehaviourName = keyof typeof TABLE;

/** The value of every constant, for one replay. */
export type Behaviour = { readonly [name in BehaviourName]: number };

const NAMES = Object.keys(TABLE) as BehaviourName[];

export function constants(): BehaviourConstant[] {
  return NAMES.map(name => {
    const [meaning, unit, optimistic, expected, pessimistic, source, unsure] = TABLE[name] as Row;
    return { name, meaning, unit, optimistic, expected, pessimistic, source, unsure: unsure !== undefined };
  });
}

export function behaviourAt(outlook: Outlook, overrides: { readonly [name: string]: number }): Behaviour {
  const values = constants().map(constant => [constant.name, constant[outlook]]);
  return { ...Object.fromEntries(values), ...overrides } as Behaviour;
}
