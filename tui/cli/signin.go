package cli

import (
	"bufio"
	"context"
	"fmt"
	"strings"

	"till/domain"
	"till/domain/till"
)

// signIn has whoever --operator and --override name sign in. Where nobody is set up nobody has to: --operator is the name
// in the journal then.
func (a *app) signIn(ctx context.Context, t *till.Till) error {
	who, by := a.settings.Operator, a.settings.Override
	if who+by == "" {
		return nil
	}
	all, err := t.Operators(ctx)
	switch {
	case err != nil:
		return err
	case len(all) == 0 && by != "":
		return domain.Errorf(domain.CodeUsage, "--override: nobody is set up to stand by").WithHint("leave it out: everybody may do everything")
	case len(all) == 0:
		return nil
	case who == "":
		return domain.Errorf(domain.CodeUsage, "--override needs --operator: whose deed is it?")
	}
	pin, err := a.secret("PIN of "+who, "TILL_PIN")
	if err != nil {
		return err
	}
	badge, err := t.SignIn(ctx, who, pin)
	if err != nil {
		return err
	}
	t.Enter(badge)
	if by == "" {
		return nil
	}
	if pin, err = a.secret("PIN of "+by, "TILL_OVERRIDE_PIN"); err == nil {
		a.standby, err = t.SignIn(ctx, by, pin)
	}
	return err
}

// secret reads what must not be seen: from the environment where that has it (no name: it never does), else from the
// terminal, where it is not shown, else a line of standard input.
func (a *app) secret(what, name string) (domain.Secret, error) {
	if name != "" && a.Env(name) != "" {
		return domain.NewSecret(a.Env(name)), nil
	}
	if a.Unseen != nil {
		_, _ = fmt.Fprintf(a.Err, "%s: ", safe(what))
		text, err := a.Unseen()
		_, _ = fmt.Fprintln(a.Err)
		return domain.NewSecret(strings.TrimSpace(text)), err
	}
	line, err := "", error(nil)
	if a.In != nil {
		line, err = bufio.NewReader(a.In).ReadString('\n')
	}
	if line = strings.TrimSpace(line); line != "" {
		return domain.NewSecret(line), nil
	}
	missing := domain.Errorf(domain.CodeUsage, "the %s is missing", what).WithHint("give it as a line of standard input, or at a terminal")
	if name != "" {
		missing = missing.WithHint("put it into %s, or give it as a line of standard input, or at a terminal", name)
	}
	return domain.Secret{}, missing.Because(err)
}
