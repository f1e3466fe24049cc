// Package fleet holds the devices of a load test: sirens on MQTT that obey and report, and an observer that hears them.
package fleet

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

const (
	healthEvery = 10 * time.Second
	// So many sign in at once.
	doors = 16
)

// Device is one siren of the plan: its name, which is its user too, its token and its topics.
type Device struct {
	Name     string `json:"name"`
	Password string `json:"password"`
	Topics   Topics `json:"topics"`
}

// Fleet is every device of one side, connected.
type Fleet struct {
	links  []*link
	broken atomic.Int64
	end    context.CancelFunc
}

// OpenFile connects the devices of a JSON file (a list of Device) and returns when the last has all its topics.
func OpenFile(ctx context.Context, url, file string) (*Fleet, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var devices []Device
	if err := json.Unmarshal(text, &devices); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return Open(ctx, url, devices)
}

// Open connects the devices and returns when the last has all its topics.
func Open(ctx context.Context, url string, devices []Device) (*Fleet, error) {
	ctx, end := context.WithCancel(ctx)
	f := &Fleet{links: make([]*link, len(devices)), end: end}
	failed := make(chan error, len(devices))
	door := make(chan struct{}, doors)
	var all sync.WaitGroup
	for i, device := range devices {
		all.Go(func() {
			door <- struct{}{}
			defer func() { <-door }()
			if ctx.Err() != nil {
				return
			}
			l, err := f.start(ctx, url, device)
			if err != nil {
				failed <- err
				end()
				return
			}
			f.links[i] = l
		})
	}
	all.Wait()
	select {
	case err := <-failed:
		f.Close()
		return nil, err
	default:
		return f, ctx.Err()
	}
}

func (f *Fleet) start(ctx context.Context, url string, device Device) (*link, error) {
	var l *link
	begun := make(chan struct{})
	say := func(r report) {
		<-begun
		text, _ := json.Marshal(r)
		l.publish(device.Topics.Reported, text)
	}
	s := newSiren(device.Topics, say)
	topics := []string{device.Topics.Raised, device.Topics.State, device.Topics.Asked}
	opened, err := dial(url, device.Name, device.Password, topics, s.hear, func() { f.broken.Add(1) })
	if err != nil {
		return nil, err
	}
	l = opened
	close(begun)
	go f.sayHealth(ctx, l, device.Topics.Health)
	return l, nil
}

// sayHealth says it at once and then every ten seconds, spread, as devices do that were switched on at different times.
func (f *Fleet) sayHealth(ctx context.Context, l *link, topic string) {
	next := time.After(0)
	for spread := time.Duration(rand.Float64() * float64(healthEvery)); ; spread = healthEvery {
		select {
		case <-ctx.Done():
			return
		case <-next:
			l.publish(topic, []byte(`{"at":"`+stamp()+`","ok":true,"doing":[]}`))
			next = time.After(spread)
		}
	}
}

// Broken is how many connections broke so far.
func (f *Fleet) Broken() int64 { return f.broken.Load() }

// Close disconnects every device.
func (f *Fleet) Close() {
	f.end()
	var all sync.WaitGroup
	for _, l := range f.links {
		if l != nil {
			all.Go(l.close)
		}
	}
	all.Wait()
}
