package domain
import ("testing";"fmt";"encoding/json")
func TestZZ(t *testing.T){
 for _,m:=range Machines(){ b,_:=json.Marshal(m.JSON("",nil)); fmt.Println(m.Name,len(m.Rows),len(b),len(m.arrows(nil))) }
 w:=[]Step{{Seq:1,Machine:"order",Row:"O1",From:"",On:Issue,To:OrderIssued},{Seq:2,Machine:"order",Row:"O5",From:OrderIssued,On:StartAttempt,To:OrderInProgress}}
 fmt.Println(OrderMachine.ASCII(OrderInProgress,w,80))
 fmt.Println(RefundMachine.Mermaid("",nil)); fmt.Println(DisputeMachine.ASCII("",nil,60)); fmt.Println(DisputeMachine.DOT(ChargebackOpen,nil)[:900])
}
func BenchmarkBuild(b *testing.B){ for b.Loop(){ newMachine("dispute", over, disputePlaced, disputeRows()...) } }
