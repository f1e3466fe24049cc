package fleet

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"time"
)

// Observer hears what the devices of one side report: the moment of each device's first report of an incident, and how many
// came beyond the first.
type Observer struct {
	ctx     context.Context
	link    *link
	mutex   sync.Mutex
	changed *sync.Cond
	heard   map[deed]map[string]float64
	repeats int
}

type deed struct {
	incident string
	quiet    bool
}

// OpenObserver subscribes to the reports of all devices; `reported` is a topic with a wildcard for the device.
func OpenObserver(ctx context.Context, url, name, password, reported string) (*Observer, error) {
	o := &Observer{ctx: ctx, heard: map[deed]map[string]float64{}}
	o.changed = sync.NewCond(&o.mutex)
	l, err := dial(url, name, password, []string{reported}, o.hear, func() {})
	o.link = l
	return o, err
}

func (o *Observer) hear(topic string, payload []byte) {
	at := Now()
	var said report
	levels := strings.Split(topic, "/")
	if json.Unmarshal(payload, &said) != nil || len(levels) < 4 {
		return
	}
	o.mutex.Lock()
	defer o.mutex.Unlock()
	first := o.of(deed{said.Incident, said.Doing == "quiet"})
	if _, again := first[levels[3]]; again {
		o.repeats++
		return
	}
	first[levels[3]] = at
	o.changed.Broadcast()
}

func (o *Observer) of(d deed) map[string]float64 {
	if o.heard[d] == nil {
		o.heard[d] = map[string]float64{}
	}
	return o.heard[d]
}

// All waits until so many devices have reported, patience ends or the run does. The moments are those of Now.
func (o *Observer) All(incident string, quiet bool, devices int, patienceMs float64) []float64 {
	ctx, end := context.WithTimeout(o.ctx, time.Duration(patienceMs*float64(time.Millisecond)))
	defer end()
	defer context.AfterFunc(ctx, func() {
		o.mutex.Lock()
		defer o.mutex.Unlock()
		o.changed.Broadcast()
	})()
	o.mutex.Lock()
	defer o.mutex.Unlock()
	first := o.of(deed{incident, quiet})
	for len(first) < devices && ctx.Err() == nil {
		o.changed.Wait()
	}
	moments := make([]float64, 0, len(first))
	for _, at := range first {
		moments = append(moments, at)
	}
	return moments
}

// Repeats is how many reports came beyond a device's first, of all incidents.
func (o *Observer) Repeats() int {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return o.repeats
}

// Close disconnects.
func (o *Observer) Close() { o.link.close() }
