package cli

import (
	"slices"

	"github.com/spf13/cobra"

	"till/domain"
)

// diagnosis is what the doctor found.
type diagnosis struct {
	OK     bool           `json:"ok"`
	Checks []domain.Check `json:"checks"`
}

// doctor needs no till that can be opened: what is wrong may be just that.
func (a *app) doctor() *cobra.Command {
	return &cobra.Command{
		Use: "doctor", Short: "look whether everything is as it should be, and say what to do where it is not", Args: takes(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := a.checkGlobals(cmd); err != nil {
				return err
			}
			a.running = true
			checks := a.env.Examine(cmd.Context(), a.placed())
			if err := cmd.Context().Err(); err != nil {
				return err
			}
			for i, c := range checks { // a file's name or a provider's word may stand in them
				checks[i].Detail, checks[i].Advice = safe(c.Detail), safe(c.Advice)
			}
			ill := slices.DeleteFunc(slices.Clone(checks), func(c domain.Check) bool { return c.OK })
			found := diagnosis{OK: len(ill) == 0, Checks: checks}
			if err := a.say(found, func(p *page) { showChecks(p, checks) }); err != nil || found.OK {
				return err
			}
			return domain.Errorf(codeIll, "%d of %d checks found something", len(ill), len(checks))
		},
	}
}

func showChecks(p *page, checks []domain.Check) {
	for _, c := range checks {
		sign := "✓"
		if !c.OK {
			sign = "✗"
		}
		p.line("%s %-16s %s", sign, c.Name, c.Detail)
		if c.Advice != "" {
			p.line("  %-16s → %s", "", c.Advice)
		}
	}
}
