// k6 1.8.1 with the devices of a school inside. Held by scripts, a thousand devices make a bare nats-server look three times
// as slow as it is, and then the generator is what is measured.
package main

import (
	"go.k6.io/k6/cmd"
	"go.k6.io/k6/js/modules"

	"anyuan/load-tests/k6/fleet"
)

func main() {
	modules.Register("k6/x/anyuan", root{})
	cmd.Execute()
}

type root struct{}

// NewModuleInstance gives a virtual user the fleet's doors. All of them block, as k6's own http does, and end with the run.
func (root) NewModuleInstance(vu modules.VU) modules.Instance { return instance{vu} }

type instance struct{ vu modules.VU }

func (i instance) Exports() modules.Exports {
	return modules.Exports{Named: map[string]any{
		"now": fleet.Now,
		"openFleet": func(url, devicesFile string) (*fleet.Fleet, error) {
			return fleet.OpenFile(i.vu.Context(), url, devicesFile)
		},
		"openObserver": func(url, name, password, reported string) (*fleet.Observer, error) {
			return fleet.OpenObserver(i.vu.Context(), url, name, password, reported)
		},
		"openButton": fleet.OpenButton,
	}}
}
