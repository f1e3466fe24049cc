package fleet

import (
	"fmt"
	"slices"
	"testing"
)

var topics = Topics{Raised: "raised", State: "state", Asked: "asked"}

const (
	raise  = `{"incident":"a","mode":"test"}`
	opened = `{"version":1,"open":[{"incident":"a","mode":"test"}],"closed":[]}`
	ended  = `{"version":2,"open":[],"closed":["a"]}`
	empty  = `{"version":3,"open":[],"closed":[]}`
)

// What a siren says when it hears topics and texts in turn.
func TestSirenObeysTheRulesOfTheAlarmPath(t *testing.T) {
	for name, c := range map[string]struct{ hears, says []string }{
		"a raise is reported once, however often it comes": {
			[]string{"raised", raise, "raised", raise, "state", opened}, []string{"a sounding 1"}},
		"a state alone begins it too":            {[]string{"state", opened}, []string{"a sounding 1"}},
		"only a state that names it ends it":     {[]string{"raised", raise, "state", empty}, []string{"a sounding 1"}},
		"its end is reported as quiet":           {[]string{"raised", raise, "state", ended}, []string{"a sounding 1", "a quiet 2"}},
		"a raise that comes after its end":       {[]string{"raised", raise, "state", ended, "raised", raise}, []string{"a sounding 1", "a quiet 2"}},
		"an older state changes nothing":         {[]string{"state", empty, "raised", raise, "state", ended}, []string{"a sounding 1"}},
		"a question is answered while it sounds": {[]string{"raised", raise, "asked", opened}, []string{"a sounding 1", "a sounding 2"}},
		"and after it":                           {[]string{"raised", raise, "state", ended, "asked", ended}, []string{"a sounding 1", "a quiet 2", "a quiet 3"}},
		"a question that ends it is answered once": {
			[]string{"raised", raise, "asked", ended}, []string{"a sounding 1", "a quiet 2"}},
		"what is no JSON is not heard": {[]string{"raised", "{", "state", "}"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var said []string
			s := newSiren(topics, func(r report) { said = append(said, fmt.Sprintf("%s %s %d", r.Incident, r.Doing, r.Seq)) })
			for pair := range slices.Chunk(c.hears, 2) {
				s.hear(pair[0], []byte(pair[1]))
			}
			if !slices.Equal(said, c.says) {
				t.Errorf("said %q, wanted %q", said, c.says)
			}
		})
	}
}
