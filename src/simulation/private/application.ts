import { ApplicationModel } from '../options';

/** What is assumed of the application, with every default filled in; times in seconds. */
export interface Application {
  readonly rpsPerUnit: number;
  readonly workers: number;
  readonly backlog: number;
  readonly checksQueue: boolean;
  readonly waitsPerRequest: number;
  readonly rpsPerAcu: number;
  readonly ecpuPerRequest: number;
  readonly anonymousShare: number;
  readonly anonymousTtl: number;
  readonly pages: number;
  readonly requestsPerVisit: number;
  readonly visit: number;
}

/** Requests per second of one vCPU: 20 ms of CPU each, as `Traffic` assumes. */
const RPS_PER_VCPU = 50;

export function applicationOf(given: ApplicationModel, vcpus: number): Application {
  return {
    rpsPerUnit: given.requestsPerSecondPerUnit ?? vcpus * RPS_PER_VCPU,
    workers: given.workersPerUnit ?? 24,
    backlog: given.backlogPerUnit ?? 511,
    checksQueue: given.healthChecksQueue ?? true,
    waitsPerRequest: given.waitsPerRequest?.toSeconds({ integral: false }) ?? 0.04,
    rpsPerAcu: given.requestsPerSecondPerAcu ?? 50,
    ecpuPerRequest: given.ecpuPerRequest ?? 8,
    anonymousShare: given.anonymousShare ?? 0.5,
    anonymousTtl: given.anonymousTtl?.toSeconds({ integral: false }) ?? 60,
    pages: given.anonymousPages ?? 500,
    requestsPerVisit: given.requestsPerVisit ?? 10,
    visit: given.visit?.toSeconds({ integral: false }) ?? 300,
  };
}
