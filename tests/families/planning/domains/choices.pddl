; or, imply, and not over formulas
(define (domain choices) (:requirements :disjunctive-preconditions :negative-preconditions)
  (:predicates (p ?x) (q ?x) (r))
  (:action one :parameters (?x) :precondition (or (p ?x) (and (r) (not (q ?x))))
    :effect (and (q ?x) (not (p ?x))))
  (:action two :parameters (?x ?y) :precondition (imply (p ?x) (q ?y))
    :effect (and (p ?x) (not (q ?y)) (r)))
  (:action three :parameters (?x) :precondition (not (or (p ?x) (and (q ?x) (r)))) :effect (p ?x))
  (:action four :parameters (?x) :precondition (not (imply (q ?x) (p ?x))) :effect (not (r))))

(define (problem choices-1) (:domain choices)
  (:objects a b c) (:init (p a) (q b) (r))
  (:goal (and)))
