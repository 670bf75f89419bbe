import { FunctionAssociation } from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { CanonicalName, canonicalNameOf, closedNameOf } from './canonical-name';
import { maintenanceFunctions } from './maintenance';
import { pageFunctions } from './pages';
import { siteFunctions } from './site';
import { unknownPathFunctions } from './unknown-paths';
import { CloudFrontProps } from '../../cloud-front-props';
import { EdgeContext } from '../../contract';
import { EdgeRoute } from '../../route';

/** What visitors see during maintenance when no page is given. */
const MAINTENANCE_PAGE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Back soon</title><h1>Back soon</h1><p>We are working on it.</p></html>';
/** What visitors see where nobody serves when no page is given. */
const NOT_FOUND_PAGE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Not found</title><h1>Not found</h1><p>There is nothing at this address.</p></html>';

type Functions = FunctionAssociation[] | undefined;

/** Which function runs for which route: at most one for a request, and one for its answer. Routes of one kind share it. */
export class EdgeFunctions {
  private readonly canonical?: CanonicalName;
  private readonly closed?: CanonicalName;
  private readonly made = new Map<string, Functions>();

  constructor(private readonly scope: Construct, private readonly props: CloudFrontProps, { name }: EdgeContext) {
    this.canonical = canonicalNameOf(name, props.closeDistributionName === true);
    this.closed = closedNameOf(name, props.closeDistributionName === true);
  }

  /**
   * For pages, and for calls of an API.
   *
   * @param id of the function, where it is not the one of maintenance
   * @param caching whether the edge may keep answers
   */
  public dynamic(id: 'Pages' | 'Calls' | 'KeptCalls', caching: boolean): Functions {
    return this.whileClosed() ?? this.once(id, () => pageFunctions(this.scope, id, { caching, canonical: this.canonical }));
  }

  /** For files that are served as they are, maintenance or not. */
  public files(): Functions {
    return this.once('Files', () => pageFunctions(this.scope, 'Files', { caching: false, canonical: this.closed }));
  }

  /** For a static site. */
  public site({ site }: EdgeRoute): Functions {
    return site === undefined ? this.files() : this.whileClosed() ?? this.once('Site', () => siteFunctions(this.scope, { ...site, canonical: this.canonical }));
  }

  /** For paths that nobody serves. */
  public unknown({ home }: EdgeRoute): Functions {
    const { notFoundPage: page = NOT_FOUND_PAGE } = this.props;
    return this.whileClosed() ?? this.once('UnknownPaths', () => unknownPathFunctions(this.scope, { home, page, canonical: this.canonical }));
  }

  private whileClosed(): Functions {
    const { maintenance, maintenancePage = MAINTENANCE_PAGE } = this.props;
    return maintenance === true ? this.once('Maintenance', () => maintenanceFunctions(this.scope, maintenancePage)) : undefined;
  }

  private once(id: string, make: () => Functions): Functions {
    if (!this.made.has(id)) this.made.set(id, make());
    return this.made.get(id);
  }
}
