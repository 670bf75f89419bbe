import { Tags } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Owner } from '../../owner';

/** Services whose tags are of ASCII alone (DataSync API, `TagListEntry`; ElastiCache's resource types in CloudFormation, `Tag`). */
const ASCII_ALONE = [
  'AWS::DataSync::Agent', 'AWS::DataSync::LocationEFS', 'AWS::DataSync::LocationNFS', 'AWS::DataSync::LocationObjectStorage', 'AWS::DataSync::LocationS3',
  'AWS::DataSync::LocationSMB', 'AWS::DataSync::Task',
  'AWS::ElastiCache::ServerlessCache', 'AWS::ElastiCache::User', 'AWS::ElastiCache::UserGroup',
];

/** Says on all resources of a scope who answers for them. */
export function tagWithOwner(scope: IConstruct, { tag }: Owner): void {
  const ascii = inAscii(tag);
  if (ascii === tag) {
    Tags.of(scope).add('Owner', tag);
    return;
  }
  Tags.of(scope).add('Owner', tag, { excludeResourceTypes: ASCII_ALONE });
  // Of a name in another script nothing is left: no tag says nobody, where one of spaces would be refused.
  if (ascii !== '') Tags.of(scope).add('Owner', ascii, { includeResourceTypes: ASCII_ALONE });
}

/** Letters without their accents; what is no ASCII then becomes a space. A token is its own. */
function inAscii(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}+/gu, '').replace(/[^\x20-\x7e]+/g, ' ').replace(/ +/g, ' ').trim();
}
