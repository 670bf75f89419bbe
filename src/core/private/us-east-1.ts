/**
 * Where CloudFront reads web ACLs and certificates and has its metrics (CloudFront developer guide), and Route 53 those of its
 * health checks (Route 53 developer guide, "Monitoring health checks using CloudWatch").
 */
export const US_EAST_1 = 'us-east-1';
