package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

// sourcing is the flags that say what is paid with.
type sourcing struct {
	card, expiry, cvv, name string
	token, id, customer     string
	method, bic, tender     string
	fields                  []string
	json                    string
}

// sources are the flags of which one says what is paid with.
var sources = []string{"card", "token", "source", "customer", "method", "tender", "source-json"}

// belongs says which sources a flag can stand beside.
var belongs = []struct {
	flag    string
	sources []string
}{
	{"expiry", []string{"card"}},
	{"name", []string{"card"}},
	{"cvv", []string{"card", "source"}},
	{"bic", []string{"method"}},
	{"field", []string{"method"}},
	{"tendered", []string{"tender"}},
}

func (s *sourcing) sourceFlags(cmd *cobra.Command) {
	s.cardFlags(cmd)
	f := cmd.Flags()
	f.StringVar(&s.token, "token", "", "a `tok_` that was exchanged for a card")
	f.StringVar(&s.id, "source", "", "a `src_` that the gateway keeps")
	f.StringVar(&s.customer, "customer", "", "the newest source of a `customer`, by id or e-mail")
	f.StringVar(&s.tender, "tender", "", "pay over the counter: `cash`")
	f.StringVar(&s.json, "source-json", "", "the source as a JSON `object`; its type is inferred where it names none")
	s.methodFlags(cmd)
}

func (s *sourcing) cardFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&s.card, "card", "", "the card's `number`; - reads it from standard input")
	f.StringVar(&s.expiry, "expiry", "", "until when the card is good: `MM/YY`")
	f.StringVar(&s.cvv, "cvv", "", "the card's security `code`; - reads it from standard input")
	f.StringVar(&s.name, "name", "", "the name on the card")
}

// methodFlags are those of a way to pay that is named.
func (s *sourcing) methodFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&s.method, "method", "", "a way to pay by its `name`: ideal, sepa, paypal, voucher, cod")
	f.StringVar(&s.bic, "bic", "", "the customer's bank, where the method asks for it")
	f.StringArrayVar(&s.fields, "field", nil, "`k=v` that the method asks for; can be given several times")
}

// checkSource refuses two sources, one that is empty, and flags that say nothing without a source that is not there.
func checkSource(cmd *cobra.Command) error {
	given := cmd.Flags().Changed
	first := ""
	for _, source := range sources {
		switch {
		case !given(source):
			continue
		case cmd.Flag(source).Value.String() == "":
			return domain.Errorf(domain.CodeUsage, "--%s is empty", source)
		case first != "":
			return domain.Errorf(domain.CodeUsage, "--%s and --%s are two ways to pay: give one", first, source)
		}
		first = source
	}
	for _, b := range belongs {
		beside := false
		for _, source := range b.sources {
			beside = beside || given(source)
		}
		goesOn := first == "" && b.sources[0] == "method" && cmd.Flags().Lookup("tender") != nil // as chosen before
		if given(b.flag) && !beside && !goesOn {
			return domain.Errorf(domain.CodeUsage, "--%s goes with --%s", b.flag, strings.Join(b.sources, " or --"))
		}
	}
	return nil
}

// sourceless tells whether no flag says what is paid with.
func (s *sourcing) sourceless() bool {
	return s.card+s.token+s.id+s.customer+s.method+s.tender+s.json == ""
}

// source reads what is paid with; none is what was chosen for a payment that was opened before.
func (a *app) source(ctx context.Context, t *till.Till, s sourcing, wish *till.Payable) error {
	var err error
	switch {
	case s.card != "":
		wish.Method = "card"
		wish.Card, err = a.readCard(t, s)
	case s.token != "":
		wish.Method = "card"
		wish.Source, err = named("token", "token", "tok_", s.token)
	case s.id != "":
		wish.Method = "card"
		if wish.Source, err = named("source", "id", "src_", s.id); err == nil {
			wish.Card, err = a.readCVV(s.cvv)
		}
	case s.customer != "":
		wish.Method = "card"
		wish.Source, err = customerSource(ctx, t, s.customer)
	case s.tender != "":
		wish.Method = s.tender
	case s.method != "":
		wish.Method = s.method
		wish.Source, err = s.methodSource()
	case s.json != "":
		err = sourceJSON(ctx, t, s.json, wish)
	}
	return err
}

// named is a source by the id that the gateway gave it. What is none is never repeated: it may be a card number.
func named(flag, kind, prefix, id string) (domain.Source, error) {
	if !strings.HasPrefix(id, prefix) {
		return domain.Source{}, wrongFlag(flag, "must begin with "+prefix)
	}
	return domain.Source{Type: kind, ID: id}, nil
}

func customerSource(ctx context.Context, t *till.Till, ref string) (domain.Source, error) {
	found, err := t.Resolve(ctx, "customer", ref)
	if err != nil {
		return domain.Source{}, err
	}
	return domain.Source{Type: "customer", Customer: domain.CustomerID(found.ID)}, nil
}

// methodSource is a way to pay with what it asks for.
func (s *sourcing) methodSource() (domain.Source, error) {
	wrong := problems{}
	source := domain.Source{Type: s.method, Fields: keyed(s.fields, "field", wrong)}
	if s.bic != "" {
		source.Fields["bic"] = s.bic
	}
	if len(source.Fields) == 0 {
		source.Fields = nil
	}
	return source, domain.Invalid("the command", wrong)
}

// readCard takes the card from the flags, or from standard input, where no list of processes shows it.
func (a *app) readCard(t *till.Till, s sourcing) (*domain.Card, error) {
	if err := a.secrets(&s.card, &s.cvv); err != nil {
		return nil, err
	}
	card, err := domain.ParseCard(s.card, s.expiry, s.cvv, s.name, t.Env.Now())
	return &card, err
}

func (a *app) readCVV(cvv string) (*domain.Card, error) {
	if err := a.secrets(new(string), &cvv); err != nil {
		return nil, err
	}
	return cvvOnly(cvv)
}

// cvvOnly is the security code that goes with a source that the gateway keeps; nil without one.
func cvvOnly(cvv string) (*domain.Card, error) {
	if cvv == "" {
		return nil, nil
	}
	if len(cvv) < 3 || len(cvv) > 4 || strings.Trim(cvv, "0123456789") != "" {
		return nil, wrongFlag("cvv", "must be 3 or 4 digits")
	}
	return &domain.Card{CVV: domain.NewSecret(cvv)}, nil
}

// secrets reads a number and a CVV from standard input, a line for each that is "-".
func (a *app) secrets(number, cvv *string) error {
	in := bufio.NewReader(a.In)
	for _, secret := range []struct {
		name  string
		value *string
	}{{"card number", number}, {"cvv", cvv}} {
		if *secret.value != "-" {
			continue
		}
		if a.Terminal {
			_, _ = fmt.Fprintf(a.Err, "%s: ", secret.name) // a prompt that is not seen stops nobody
		}
		line, err := in.ReadString('\n')
		if err != nil && err != io.EOF {
			return err
		}
		*secret.value = strings.TrimSpace(line)
	}
	return nil
}
