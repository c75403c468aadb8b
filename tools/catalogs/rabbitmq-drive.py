"""Gives a RabbitMQ node something to count, then holds its channels open until standard input ends.

    python3 rabbitmq-drive.py amqp://guest:guest@127.0.0.1:5672//     (needs kombu)
"""

import sys
import time

from kombu import Connection, Consumer, Exchange, Producer, Queue

connection = Connection(sys.argv[1])
channel = connection.channel()
exchange = Exchange("catalog", type="direct")
producer = Producer(channel, exchange=exchange)
queues = {
    kind: Queue(kind, exchange, routing_key=kind, queue_arguments={"x-queue-type": kind}, durable=True)
    for kind in ("classic", "quorum", "stream")
}
for kind, queue in queues.items():
    queue(channel).declare()
    for _ in range(20):
        producer.publish({}, routing_key=kind)
producer.publish({}, routing_key="nowhere")

getting = connection.channel()
queues["classic"](getting).get().ack()
queues["quorum"](getting).get(no_ack=True)

consuming = connection.channel()
consuming.basic_qos(0, 5, False)
received = []
consumer = Consumer(
    consuming,
    [queues["classic"], queues["quorum"]],
    callbacks=[lambda _body, message: received.append(message)],
)
consumer.consume()
while len(received) < 10:
    connection.drain_events(timeout=10)
for message in received[:3]:
    message.ack()
time.sleep(6)  # Statistics are emitted every 5 s.
print("ready", flush=True)
sys.stdin.read()
