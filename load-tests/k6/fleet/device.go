package fleet

import (
	"encoding/json"
	"slices"
	"time"
)

// Topics of one device, as `packages/contracts` names them.
type Topics struct {
	Raised   string `json:"raised"`
	State    string `json:"state"`
	Asked    string `json:"asked"`
	Reported string `json:"reported"`
	Health   string `json:"health"`
}

type incident struct {
	Incident string `json:"incident"`
	Mode     string `json:"mode"`
}

type state struct {
	Version float64    `json:"version"`
	Open    []incident `json:"open"`
	Closed  []string   `json:"closed"`
}

type report struct {
	Incident string `json:"incident"`
	Doing    string `json:"doing"`
	Mode     string `json:"mode"`
	At       string `json:"at"`
	Seq      int    `json:"seq"`
}

// siren obeys the rules of the alarm path: `raised` adds an incident to its set and is reported once, only a state takes one
// away (that is reported as quiet), and a question is always answered. Not safe for use by several goroutines.
type siren struct {
	topics  Topics
	say     func(report)
	version float64
	seq     int
	open    []incident
	over    map[string]string
}

func newSiren(topics Topics, say func(report)) *siren {
	return &siren{topics: topics, say: say, version: -1, over: map[string]string{}}
}

func (s *siren) hear(topic string, payload []byte) {
	if topic == s.topics.Raised {
		var raised incident
		if json.Unmarshal(payload, &raised) == nil {
			s.begin(raised)
		}
		return
	}
	var told state
	if json.Unmarshal(payload, &told) != nil {
		return
	}
	asked := topic == s.topics.Asked
	before := slices.Clone(s.open)
	if told.Version >= s.version {
		s.follow(told)
	}
	if !asked {
		return
	}
	for _, i := range before {
		if slices.Contains(s.open, i) {
			s.report(i, "sounding")
		}
	}
	for _, id := range told.Closed {
		mode, known := s.over[id]
		if known && !slices.Contains(before, incident{id, mode}) {
			s.report(incident{id, mode}, "quiet")
		}
	}
}

func (s *siren) begin(i incident) {
	if _, over := s.over[i.Incident]; over || slices.Contains(s.open, i) {
		return
	}
	s.open = append(s.open, i)
	s.report(i, "sounding")
}

func (s *siren) follow(told state) {
	s.version = told.Version
	for _, i := range slices.Clone(s.open) {
		if !slices.Contains(told.Closed, i.Incident) {
			continue
		}
		s.open = slices.DeleteFunc(s.open, func(o incident) bool { return o == i })
		s.over[i.Incident] = i.Mode
		s.report(i, "quiet")
	}
	for _, i := range told.Open {
		s.begin(i)
	}
}

func (s *siren) report(i incident, doing string) {
	s.seq++
	s.say(report{i.Incident, doing, i.Mode, stamp(), s.seq})
}

// stamp is the present in the form that JavaScript's toISOString has.
func stamp() string { return time.Now().UTC().Format("2006-01-02T15:04:05.000Z") }
