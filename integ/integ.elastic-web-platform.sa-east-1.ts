import { Match } from '@aws-cdk/integ-tests-alpha';
import { CfnDistribution, CfnVpcOrigin } from 'aws-cdk-lib/aws-cloudfront';
import { ElasticWebPlatform } from '../src';
import { PlatformCase } from './support/platform-case';

/** The platform in São Paulo: what CloudFront needs in us-east-1 is in two stacks beside it. */
const test = new PlatformCase('ElasticWebPlatformSaoPaulo', { region: 'sa-east-1' });
const platform = new ElasticWebPlatform(test.stack, 'Shop', { compute: test.fargate, traffic: test.traffic, profile: test.profile });

test.prove(platform, proof => {
  // The web ACL came across from us-east-1, by way of a parameter.
  proof.assert('cloudfront', 'getDistributionConfig', { Id: proof.only(CfnDistribution).ref }, {
    DistributionConfig: Match.objectLike({ WebACLId: Match.stringLikeRegexp('^arn:aws:wafv2:us-east-1:[0-9]+:global/webacl/') }),
  });
  // The application stands in São Paulo.
  proof.assert('cloudfront', 'getVpcOrigin', { Id: proof.only(CfnVpcOrigin).ref }, {
    VpcOrigin: Match.objectLike({
      VpcOriginEndpointConfig: Match.objectLike({ Arn: Match.stringLikeRegexp('^arn:aws:elasticloadbalancing:sa-east-1:') }),
    }),
  });
});
