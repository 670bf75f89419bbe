import { BlockLink } from '../../core';
import { HTTPS } from '../../core/private/block-links';
import { EdgeContext } from '../contract';

/** The firewall judges a request first; then each block is asked for what its routes are for. */
export function linksOfEdge({ firewall, routes }: Pick<EdgeContext, 'firewall' | 'routes'>): BlockLink[] {
  const asked = routes.flatMap(({ block, pathPattern }) => block === undefined ? [] : [{ ...block.describe(), pathPattern }]);
  const pathsOf = (id: string) => asked.filter(each => each.id === id).map(({ pathPattern }) => pathPattern).join(', ');
  return [
    ...firewall === undefined ? [] : [{ to: firewall.describe().id, why: 'Has each request judged before it is answered' }],
    // A store that no unit reaches still answers CloudFront, which has no way to it but HTTPS.
    ...new Map(asked.map(({ id, port = HTTPS }) => [id, { to: id, port, why: `Asks for what it does not keep of ${pathsOf(id)}` }])).values(),
  ];
}
