import { Construct } from 'constructs';

/** Gives names by which people and tools in the VPC find the stores of a platform. */
export interface IPrivateNames {
  /**
   * Makes a name, and leads it to a host.
   *
   * @param scope whose record it is
   * @param label first part of the name, such as `db`: lower-case letters, digits and dashes
   * @param host the name that AWS gives
   * @returns the name, such as `db.internal.shop.example.com`
   * @throws Error when another store has the label, or it cannot be one
   */
  give(scope: Construct, label: string, host: string): string;
}
