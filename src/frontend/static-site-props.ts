import { Duration } from 'aws-cdk-lib';
import { SiteRouting } from '../edge';

/** A site of files, that a build made. */
export interface StaticSiteProps {
  /**
   * Which document answers for a path that is no file's.
   *
   * @default SiteRouting.SINGLE_PAGE - one for all, for a site whose router runs in the browser
   */
  readonly routing?: SiteRouting;
  /**
   * Extensions of files besides the usual ones of sites, such as `geojson`: letters and digits. A path that ends in one is a file's, and
   * answered by 404 when there is none.
   *
   * @default - those that web builds make
   */
  readonly fileExtensions?: string[];
  /**
   * Folders of a build whose files have the hash of their content in their names, such as `assets/`: browsers keep them for a year. A release
   * that has another content under a name of theirs is refused. Files elsewhere are asked for again each time, and answered by 304 when they
   * are the same.
   *
   * @default ['assets/', 'static/', '_next/static/', '_nuxt/', '_astro/', '_app/immutable/'] - as Vite, webpack, Next.js, Nuxt, Astro and SvelteKit name them
   */
  readonly hashedFolders?: string[];
  /**
   * How long the files of an earlier release stay, for who has a page of it open, and for the way back: 1 to 365 whole days.
   *
   * @default Duration.days(30)
   */
  readonly keepReleases?: Duration;
}
