import { RampArrivalsProps } from '../arrivals-props';

/** Requests per second, for every second. */
export function ramp(props: RampArrivalsProps): Float64Array {
  const seconds = (given: { toSeconds(): number } | undefined, otherwise: number) => given?.toSeconds() ?? otherwise;
  const from = seconds(props.startsAfter, 3600);
  const up = seconds(props.rampUp, 300);
  const plateau = seconds(props.plateau, 3600);
  const down = seconds(props.rampDown, 600);
  const more = props.baselineRps * ((props.peakMultiplier ?? 30) - 1);
  return Float64Array.from({ length: seconds(props.duration, 86_400) }, (_, second) => {
    const since = second - from;
    const rising = up === 0 ? Number(since >= 0) : clamp(since / up);
    const falling = down === 0 ? Number(since >= up + plateau) : clamp((since - up - plateau) / down);
    return props.baselineRps + more * (rising - falling);
  });
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}
