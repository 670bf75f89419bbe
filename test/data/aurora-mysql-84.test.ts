import { AuroraMysqlEngineVersion } from 'aws-cdk-lib/aws-rds';
import { boundDatabase } from './support';
import { AuroraMysqlProps, Database } from '../../src';
import { only } from '../support/template';

interface Parameters {
  readonly require_secure_transport?: string;
}

describe('Aurora MySQL 8.4', () => {
  const newer = (props: AuroraMysqlProps = {}) =>
    boundDatabase(Database.auroraMysql({ version: AuroraMysqlEngineVersion.of('8.4.7', '8.4'), ...props }));
  const parametersOf = ({ template }: ReturnType<typeof newer>) => only(template, 'AWS::RDS::DBClusterParameterGroup').Properties;

  test('is of its own family, and stays in the version that is given', () => {
    expect(parametersOf(newer()).Family).toBe('aurora-mysql8.4');
    newer().template.allResourcesProperties('AWS::RDS::DBInstance', { AutoMinorVersionUpgrade: false });
    newer().template.hasResourceProperties('AWS::RDS::DBCluster', { EngineVersion: '8.4.7' });
  });

  test('takes connections without TLS, which it refuses by itself, unless it is told otherwise', () => {
    const tlsIn = (props?: AuroraMysqlProps) => (parametersOf(newer(props)).Parameters as Parameters).require_secure_transport;
    expect([tlsIn(), tlsIn({ requireTls: false }), tlsIn({ requireTls: true })]).toEqual(['OFF', 'OFF', 'ON']);
    expect(newer().block.environment).not.toHaveProperty('DB_TLS');
    expect(newer({ requireTls: true }).block.environment.DB_TLS).toBe('true');
  });

  test('has a proxy before it where that is asked for', () => {
    newer({ proxy: true }).template.hasResourceProperties('AWS::RDS::DBProxy', { EngineFamily: 'MYSQL', RequireTLS: false });
  });
});
