package cli

import "github.com/spf13/cobra"

// What the journeys say, a scenario can say too.
var (
	Prepare = prepare
	Words   = words
	LookUp  = lookUp
	AsText  = asText
)

// Commands is the whole tree, to walk through.
func Commands(env Wiring) *cobra.Command {
	root := (&app{env: env, IO: IO{Env: func(string) string { return "" }}}).root()
	root.InitDefaultHelpCmd()
	return root
}
