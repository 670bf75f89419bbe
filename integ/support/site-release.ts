import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { SpaApiPlatform } from '../../src';

/** How a team releases the site of a platform. */
export interface DeployedSite {
  readonly bucket: string;
  readonly functionName: string;
}

/** What the pipeline of a platform's static site asks. */
export function siteReleaseOf({ frontend }: SpaApiPlatform): DeployedSite {
  const below = frontend.node.findAll();
  const bucket = below.find((each): each is CfnBucket => each instanceof CfnBucket);
  const release = below.find((each): each is CfnFunction => each instanceof CfnFunction && each.node.path.includes('/Release/'));
  if (bucket === undefined || release === undefined) throw new Error('expected a static site with a bucket and a function that releases');
  return { bucket: bucket.ref, functionName: release.ref };
}
