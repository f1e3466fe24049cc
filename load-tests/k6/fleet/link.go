package fleet

import (
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	mqtt "github.com/eclipse/paho.mqtt.golang"
)

const (
	keepAlive   = 60 * time.Second
	readyWithin = 30 * time.Second
	refused     = 0x80
)

var began = time.Now()

// Now is the one clock of a run: milliseconds, with fractions, never set back.
func Now() float64 { return millis(time.Now()) }

func millis(at time.Time) float64 { return float64(at.Sub(began)) / float64(time.Millisecond) }

// link is one MQTT 3.1.1 connection at QoS 0. One that breaks stays broken and is counted: a lost device must be seen, not
// mended by the load test.
type link struct {
	client  mqtt.Client
	closing atomic.Bool
}

// dial returns when the server has granted every topic.
func dial(url, name, password string, topics []string, hear func(topic string, payload []byte), onBroken func()) (*link, error) {
	l := &link{}
	options := mqtt.NewClientOptions().AddBroker(url).SetClientID(name).SetUsername(name).SetPassword(password).
		SetKeepAlive(keepAlive).SetConnectTimeout(readyWithin).SetAutoReconnect(false).SetCleanSession(true).
		SetConnectionLostHandler(func(mqtt.Client, error) {
			if !l.closing.Load() {
				onBroken()
			}
		})
	l.client = mqtt.NewClient(options)
	if err := wait(l.client.Connect()); err != nil {
		return nil, fmt.Errorf("%s at %s: %w", name, url, err)
	}
	if len(topics) == 0 {
		return l, nil
	}
	filters := make(map[string]byte, len(topics))
	for _, topic := range topics {
		filters[topic] = 0
	}
	token := l.client.SubscribeMultiple(filters, func(_ mqtt.Client, m mqtt.Message) { hear(m.Topic(), m.Payload()) })
	if err := wait(token); err != nil {
		return nil, fmt.Errorf("%s at %s: %w", name, url, err)
	}
	for topic, granted := range token.(*mqtt.SubscribeToken).Result() {
		if granted == refused {
			return nil, fmt.Errorf("%s may not hear %s", name, topic)
		}
	}
	return l, nil
}

func wait(token mqtt.Token) error {
	if !token.WaitTimeout(readyWithin) {
		return errors.New("no answer")
	}
	return token.Error()
}

func (l *link) publish(topic string, payload []byte) { l.client.Publish(topic, 0, false, payload) }

func (l *link) close() {
	l.closing.Store(true)
	l.client.Disconnect(50)
}

// Button is who may press on a bare server: a connection that only speaks.
type Button struct{ link *link }

// OpenButton connects.
func OpenButton(url, name, password string) (*Button, error) {
	l, err := dial(url, name, password, nil, nil, func() {})
	return &Button{l}, err
}

// Publish hands the text to the connection and does not wait for it to leave.
func (b *Button) Publish(topic, text string) { b.link.publish(topic, []byte(text)) }

// Close disconnects.
func (b *Button) Close() { b.link.close() }
