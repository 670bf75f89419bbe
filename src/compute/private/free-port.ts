import { Rule } from '../../core/private/validation';
import { ITracing } from '../tracing/contract';

/** Where spans are received in each unit (OTLP by gRPC, and by HTTP). */
const RECEIVERS = [4317, 4318];

/** Nobody else may listen on the application's port. */
export const FREE_PORT: Rule<{ readonly port?: number; readonly tracing?: ITracing }> = ({ port, tracing }) =>
  tracing === undefined || port === undefined || !RECEIVERS.includes(port) ? undefined
    : `'port' must not be ${RECEIVERS.join(' or ')} beside 'tracing', got ${port}: what receives the spans listens there; give another, such as 8080`;
