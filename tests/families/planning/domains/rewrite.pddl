; the same atom added and deleted
(define (domain rewrite) (:predicates (p ?x) (q ?x))
  (:action keep :parameters (?x) :precondition (p ?x) :effect (and (p ?x) (not (p ?x)) (q ?x)))
  (:action move :parameters (?x ?y) :precondition (p ?x) :effect (and (not (p ?x)) (p ?y)))
  (:action lose :parameters (?x) :precondition (q ?x) :effect (not (q ?x))))

(define (problem rewrite-1) (:domain rewrite)
  (:objects a b c) (:init (p a) (p b))
  (:goal (and)))
