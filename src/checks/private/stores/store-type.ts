/** How to read one type of data store. All names are dotted paths of properties. */
export interface StoreType {
  readonly type: string;
  /** Security groups; `undefined` for a store that is not in a VPC. */
  readonly groups?: string;
  /** Subnets, or the subnet group that names them. */
  readonly subnets?: string;
  /** Ports when no property tells; none means that any port counts. */
  readonly ports?: number[];
  /** The property that gives it a public address, and the values that mean it has none; a type without it never has one. */
  readonly publicFlag?: string;
  readonly privateValues?: string[];
  /** Types that are parts of this store (instances of a cluster), and their property that refers to it. */
  readonly parts?: readonly { readonly type: string; readonly link: string }[];
  /** Properties that name a store whose data this one gives: it is as closed as that one, unless it says itself who may come. */
  readonly origins?: readonly string[];
  /** The documents that say which principals may use it; the whole of the properties when empty. */
  readonly policies?: readonly string[];
}
