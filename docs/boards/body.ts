/** What a widget shows; all that is optional depends on its type. */
export interface Properties {
  readonly title?: string;
  readonly view?: string;
  readonly markdown?: string;
  readonly alarms?: string[];
  readonly query?: string;
  readonly params?: object;
  readonly metrics?: (string | MetricOptions)[][];
  readonly annotations?: { readonly horizontal?: (Annotation | Annotation[])[] };
  readonly yAxis?: { readonly left?: Axis; readonly right?: Axis };
}

/** The last element of a metric. */
export interface MetricOptions {
  readonly label?: string;
  readonly expression?: string;
  readonly visible?: boolean;
  readonly yAxis?: string;
  readonly color?: string;
  readonly stat?: string;
}

/** A threshold; a pair of them is a band. */
export interface Annotation {
  readonly label?: string;
  readonly value: number;
  readonly color?: string;
  readonly yAxis?: string;
}

interface Axis {
  readonly min?: number;
  readonly max?: number;
  readonly label?: string;
}

/** A widget where CloudWatch puts it. */
export interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: Properties;
}
