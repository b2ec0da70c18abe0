import { errorType, hwGpuTask, hwId, hwName, hwSensorLocation, hwType, hwVendor } from '@modelmeter/core/attributes';
import {
  gpuMemoryLimit,
  gpuMemoryUsage,
  gpuMemoryUtilization,
  gpuUtilization,
  hardwareEnergy,
  hardwareErrors,
  hardwarePower,
  hardwareTemperature,
} from '@modelmeter/core/gpu-metrics';
import type { Report } from '../source.ts';
import type { GpuReading } from './gpu-reading.ts';

/** Reports what is known of one GPU. */
export function reportGpu(report: Report, reading: GpuReading, joules: number | undefined): void {
  const component = { [hwId.key]: reading.uuid, [hwType.key]: 'gpu', [hwName.key]: reading.name } as const;
  const gpu = { ...component, [hwVendor.key]: 'NVIDIA' } as const;
  report(gpuUtilization, { ...gpu, [hwGpuTask.key]: 'general' }, reading.utilization);
  report(gpuUtilization, { ...gpu, [hwGpuTask.key]: 'encoder' }, reading.encoderUtilization);
  report(gpuUtilization, { ...gpu, [hwGpuTask.key]: 'decoder' }, reading.decoderUtilization);
  report(gpuMemoryUsage, gpu, reading.memoryUsedBytes);
  report(gpuMemoryLimit, gpu, reading.memoryTotalBytes);
  report(gpuMemoryUtilization, gpu, memoryUtilization(reading));
  report(hardwarePower, component, reading.watts);
  report(hardwareEnergy, component, joules);
  report(hardwareTemperature, { ...component, [hwSensorLocation.key]: 'gpu' }, reading.celsius);
  report(hardwareTemperature, { ...component, [hwSensorLocation.key]: 'memory' }, reading.memoryCelsius);
  report(hardwareErrors, { ...component, [errorType.key]: 'corrected' }, reading.correctedErrors);
  report(hardwareErrors, { ...component, [errorType.key]: 'uncorrected' }, reading.uncorrectedErrors);
}

function memoryUtilization({ memoryUsedBytes: used, memoryTotalBytes: total }: GpuReading): number | undefined {
  return used !== undefined && total !== undefined && used <= total && total > 0 ? used / total : undefined;
}
