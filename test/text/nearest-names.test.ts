import { describe, expect, test } from 'vitest'
import { nearestName, nearestNames } from '../../src/text/nearest-names.js'

const mlServices = [
  'celery_queue_length',
  'celery_task_failed_total',
  'celery_task_queued',
  'celery_task_received_total',
  'celery_task_runtime_seconds_bucket',
  'celery_task_runtime_seconds_count',
  'celery_task_runtime_seconds_sum',
  'celery_task_sent_total',
  'celery_task_succeeded_total',
  'celery_worker_load',
  'celery_workers',
  'http_request_duration_seconds_bucket',
  'http_request_duration_seconds_count',
  'http_request_duration_seconds_sum',
  'http_requests_total',
  'ml_audio_duration_seconds_bucket',
  'ml_budget_usage_ratio',
  'ml_cost_usd_total',
  'ml_producer_circuit_breaker_failures_total',
  'ml_producer_circuit_breaker_state',
  'ml_producer_connection_errors_total',
  'ml_producer_connection_state',
  'ml_producer_message_size_bytes_bucket',
  'ml_producer_reconnection_attempts_total',
  'ml_producer_task_publish_duration_seconds_bucket',
  'ml_producer_task_retries_total',
  'ml_producer_tasks_sent_total',
  'ml_task_processing_duration_seconds_bucket',
  'ml_tasks_completed_total',
  'ml_transcriptions_total',
  'process_cpu_seconds_total',
  'process_resident_memory_bytes',
  'up',
]

describe('a metric name', () => {
  test.each([
    ['ml_cost_dollars_total', 'ml_cost_usd_total', 'a word replaced by one of the same meaning'],
    ['ml_cost_usd', 'ml_cost_usd_total', 'a missing _total'],
    ['ml_costs_usd_total', 'ml_cost_usd_total', 'a plural'],
    ['ml_usd_cost_total', 'ml_cost_usd_total', 'words swapped'],
    ['ml_transcription_total', 'ml_transcriptions_total', 'a singular'],
    ['ml_transciptions_total', 'ml_transcriptions_total', 'a letter missing'],
    ['ml_tasks_complete_total', 'ml_tasks_completed_total', 'another form of a word'],
    ['ml_tasks_finished_total', 'ml_tasks_completed_total', 'another word for it'],
    ['tasks_completed_total', 'ml_tasks_completed_total', 'a prefix missing'],
    ['app_http_requests_total', 'http_requests_total', 'a prefix added'],
    ['http_requests', 'http_requests_total', 'a missing _total, one word fewer'],
    ['httprequests_total', 'http_requests_total', 'an underscore missing'],
    ['http_request_duration_ms_bucket', 'http_request_duration_seconds_bucket', 'another unit'],
    ['http_request_latency_seconds_bucket', 'http_request_duration_seconds_bucket', 'latency for duration'],
    ['ml_task_duration_seconds_bucket', 'ml_task_processing_duration_seconds_bucket', 'a word missing'],
    ['ml_producer_task_publish_latency_seconds_bucket', 'ml_producer_task_publish_duration_seconds_bucket', 'in a long name'],
    ['ml_producer_connection_status', 'ml_producer_connection_state', 'status for state'],
    ['ml_producer_conn_state', 'ml_producer_connection_state', 'an abbreviation'],
    ['ml_producer_retries_total', 'ml_producer_task_retries_total', 'a word missing before the last'],
    ['celery_tasks_sent_total', 'celery_task_sent_total', 'a plural inside'],
    ['celery_task_failures_total', 'celery_task_failed_total', 'failures for failed'],
    ['celery_task_success_total', 'celery_task_succeeded_total', 'success for succeeded'],
    ['celery_queue_depth', 'celery_queue_length', 'depth for length'],
    ['celery_worker', 'celery_workers', 'a singular at the end'],
    ['celeryWorkers', 'celery_workers', 'another case'],
    ['celery.workers', 'celery_workers', 'dots'],
  ])('%s → %s (%s)', (written, meant) => {
    expect(nearestNames(written, mlServices, 1)).toEqual([meant])
  })

  test.each([
    ['node_filesystem_avail_bytes'],
    ['kube_pod_status_phase'],
    ['ml_model_accuracy'],
    ['ml_gpu_temperature_celsius'],
    ['go_goroutines'],
    ['x'],
    ['ab'],
    ['us'],
    ['total'],
    ['seconds_total'],
    ['___'],
    [''],
    ['node_cpu_seconds_total'],
    ['redis_connected_clients'],
    ['日本語'],
  ])('%s → nothing', (written) => {
    expect(nearestNames(written, mlServices, 3)).toEqual([])
  })

  test('several that are equally near come in a fixed order, up to the limit', () => {
    expect(nearestNames('http_request_duration', mlServices, 3)).toEqual([
      'http_request_duration_seconds_bucket',
      'http_request_duration_seconds_count',
      'http_request_duration_seconds_sum',
    ])
    expect(nearestNames('http_request_duration', [...mlServices, 'http_request_duration_seconds'], 1)).toEqual([
      'http_request_duration_seconds',
    ])
  })

  test('the name itself is no suggestion', () => {
    expect(nearestNames('up', ['up'], 3)).toEqual([])
  })
})

describe('a label or its value', () => {
  test.each([
    ['task_types', ['queue', 'status', 'task_type'], 'task_type'],
    ['taskType', ['queue', 'status', 'task_type'], 'task_type'],
    ['type', ['queue', 'status', 'task_type'], 'task_type'],
    ['state', ['queue', 'status', 'task_type'], 'status'],
    ['result', ['queue', 'status'], 'status'],
    ['staus', ['queue', 'status'], 'status'],
    ['hostname', ['instance', 'job'], 'instance'],
    ['jobs', ['instance', 'job'], 'job'],
    ['jbo', ['instance', 'job'], 'job'],
    ['success', ['failed', 'succeeded'], 'succeeded'],
    ['failure', ['failed', 'succeeded'], 'failed'],
    ['SUCCESS', ['failure', 'success'], 'success'],
    ['transcribe', ['embedding', 'transcription'], undefined],
    ['MLProducerConnectionDown', ['MLProducerDisconnected', 'ProducerConnectionDown'], 'ProducerConnectionDown'],
  ])('%s among %j → %s', (written, known, meant) => {
    expect(nearestNames(written, known, 1)).toEqual(meant === undefined ? [] : [meant])
  })

  test.each([
    ['code', ['mode', 'node']],
    ['500', ['200', '404', '503']],
    ['p99', ['p50', 'p95']],
    ['le', ['id', 'job']],
    ['user', ['queue', 'status', 'task_type']],
    ['eu-west-1', ['us-east-2']],
  ])('%s among %j → nothing', (written, known) => {
    expect(nearestNames(written, known, 3)).toEqual([])
  })
})

test('a misspelt name is found among ten thousand', () => {
  const subjects = ['api', 'cache', 'disk', 'queue', 'worker', 'billing', 'search', 'mail', 'auth', 'export']
  const names = Array.from({ length: 10_000 }, (_, i) => `${subjects[i % 10]!}_part${i}_operations_total`)
  expect(nearestNames('search_part4216_operatoins_total', names, 1)).toEqual(['search_part4216_operations_total'])
})

test('one among equals is no guess', () => {
  expect([
    nearestName('datasource', ['job', 'loki_datasource', 'prometheus_datasource']),
    nearestName('datasource', ['job', 'loki_datasource']),
    nearestName('clutser', ['cluster', 'clusters', 'job']),
    nearestName('nothing', ['job']),
  ]).toEqual([undefined, 'loki_datasource', 'cluster', undefined])
})
